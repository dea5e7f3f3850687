"""Somebody looks for something: with the keyboard, on a phone, with typing errors, without scripts."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .axe import violations
from .server import Server

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def asked_for(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["q"][0]


def test_suggestions_by_keyboard(server: Server, watched: Callable[..., Page]):
    page = watched(viewport={"width": 1440, "height": 900})
    page.goto(server.addresses["home"]["en"])
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("sol")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="suggestions")).to_have_count(1)
    options = page.get_by_role("listbox").get_by_role("option")
    assert options.count() > 1
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("sol")
    field.press_sequentially("ar")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("main h1")).to_be_visible()
    assert "/search/" not in page.url


def test_enter_searches_for_what_was_typed(server: Server, watched: Callable[..., Page]):
    page = watched(viewport={"width": 1440, "height": 900})
    page.goto(server.addresses["home"]["en"])
    field = page.get_by_role("combobox", name="Search")
    field.fill("sloar panels")
    field.press("Enter")
    expect(page.get_by_text("Did you mean")).to_be_visible()
    assert asked_for(page) == "sloar panels"
    page.get_by_role("link", name="solar panels").click()
    expect(page.get_by_role("status").filter(has_text="results")).to_be_visible()
    assert page.locator("main mark").count() > 0


@pytest.mark.parametrize("with_scripts", [True, False])
def test_on_a_phone(with_scripts: bool, server: Server, watched: Callable[..., Page]):
    page = watched(**PHONE, java_script_enabled=with_scripts)
    page.goto(server.addresses["home"]["de"])
    page.get_by_role("banner").get_by_role("link", name="Suche").click()
    page.locator("#q").fill("garten")
    page.get_by_role("button", name="Suche").click()
    expect(page.locator("main article").first).to_be_visible()
    page.get_by_role("navigation", name="Nach Art").get_by_role("link", name="Projekt").click()
    expect(page.locator("main article").first).to_contain_text("Projekt")
    assert asked_for(page) == "garten"
    if with_scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    assert urlsplit(page.url).path == "/en/search/"
    assert asked_for(page) == "garten"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", "?q=solar", "?q=xqzxqz", "?q=sloar"])
def test_everybody_can_use_it(query: str, scheme: str, server: Server, watched: Callable[..., Page]):
    page = watched(color_scheme=scheme)
    page.goto(f"/en/search/{query}")
    assert violations(page) == []
