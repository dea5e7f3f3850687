"""Finding a project on a phone: subject, place and openness in three steps, with and without scripts, by keyboard."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .axe import violations
from .server import Server

PHONE = {"width": 360, "height": 740}
MUENSTER = {"latitude": 51.9607, "longitude": 7.6261}
WORDS = {
    "en": {"filter": "Filter", "apply": "Apply", "place": "Town or district", "solar": "Solar", "near": "Near me",
           "open": "Open for collaboration", "all": "All projects", "clear": "Clear all", "close": "Close filters"},
    "de": {"filter": "Filtern", "apply": "Anwenden", "place": "Ort oder Stadtteil", "solar": "Sonnenenergie",
           "open": "Offen zum Mitmachen", "all": "Alle Projekte", "clear": "Alle entfernen", "near": "In meiner Nähe",
           "close": "Filter schließen"},
}  # fmt: skip
EACH_LANGUAGE = pytest.mark.parametrize("language", WORDS)
FOUND = [("open", "true"), ("place", "Münster"), ("sector", "solar")]


def counted(name: str) -> re.Pattern[str]:
    """A value of a facet is read with its number."""
    return re.compile(rf"^{name} \d+$")


def open_drawer(page: Page, words: dict[str, str]) -> Any:
    page.get_by_role("button", name=words["filter"], exact=False).and_(page.locator(".browse-bar button")).click()
    drawer = page.locator("form.facets")
    expect(drawer).to_be_visible()
    return drawer


def assert_found(page: Page) -> None:
    expect(page.locator("main article h3 a").filter(has_text="roof that pays")).to_be_visible()
    assert sorted(parse_qsl(urlsplit(page.url).query)) == FOUND
    assert page.locator(".tag-list .chip.is-active").count() == 3


@EACH_LANGUAGE
@pytest.mark.parametrize("with_scripts", [True, False])
def test_solar_near_muenster_open_for_collaboration_in_three_steps(
    server: Server, watched: Callable[..., Page], language: str, with_scripts: bool
):
    words = WORDS[language]
    page = watched(viewport=PHONE, locale=language, java_script_enabled=with_scripts)
    page.goto(server.addresses["home"][language])
    page.get_by_role("link", name=words["all"]).first.click()
    drawer = open_drawer(page, words)
    drawer.get_by_role("checkbox", name=counted(words["solar"])).check()
    drawer.get_by_label(words["open"]).check()
    drawer.get_by_label(words["place"]).fill("Münster")
    drawer.get_by_role("button", name=words["apply"]).click()
    assert_found(page)
    page.get_by_role("link", name=words["clear"]).click()
    assert urlsplit(page.url).query == ""


@EACH_LANGUAGE
def test_the_same_by_keyboard(server: Server, watched: Callable[..., Page], language: str):
    words = WORDS[language]
    page = watched(viewport=PHONE, locale=language)
    page.goto(server.addresses["project_list"][language])
    page.locator(".browse-bar button").focus()
    page.keyboard.press("Enter")
    drawer = page.locator("form.facets")
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator(".browse-bar button")).to_be_focused()
    page.keyboard.press("Enter")
    wanted = {words["solar"]: "Space", words["open"]: "Space"}
    for _ in range(80):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.labels?.[0]?.innerText.split('\\n')[0].trim() ?? ''")
        if name == words["place"]:
            page.keyboard.type("Münster")
        if name in wanted:
            page.keyboard.press(wanted.pop(name))
        if not wanted:
            break
    assert not wanted
    page.keyboard.press("Enter")
    page.wait_for_url("**sector=solar**")
    assert_found(page)


@EACH_LANGUAGE
def test_what_a_screen_reader_is_told(server: Server, watched: Callable[..., Page], language: str):
    words = WORDS[language]
    page = watched(viewport=PHONE, locale=language)
    page.goto(server.addresses["project_list"][language])
    drawer = open_drawer(page, words)
    form = page.get_by_role("form", name=words["filter"])
    expect(form).to_be_visible()
    for role, name in (("button", words["close"]), ("textbox", words["place"]), ("button", words["apply"])):
        expect(form.get_by_role(role, name=name)).to_have_count(1)
    expect(drawer.get_by_role("group").first).to_be_visible()
    expect(form.get_by_role("checkbox", name=counted(words["solar"]))).to_have_count(1)


@EACH_LANGUAGE
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way_in_the_drawer_and_when_nothing_is_found(
    server: Server, open_context: Callable[..., BrowserContext], language: str, scheme: str
):
    page = open_context(bypass_csp=True, viewport=PHONE, locale=language, color_scheme=scheme).new_page()
    page.goto(server.addresses["project_list"][language])
    open_drawer(page, WORDS[language])
    assert "\n".join(violations(page)) == ""
    page.goto(server.addresses["project_list"][language] + "?q=unicorn&sector=solar")
    expect(page.locator(".empty .chip")).to_have_count(1)
    assert "\n".join(violations(page)) == ""
    page.goto(server.addresses["project_list"][language] + "?place=Munster")
    expect(page.locator(".notice a").first).to_be_visible()
    assert "\n".join(violations(page)) == ""


def test_more_comes_in_place_and_the_button_keeps_the_focus(server: Server, watched: Callable[..., Page]):
    page = watched(viewport=PHONE)
    page.goto(server.addresses["project_list"]["en"])
    articles, more = page.locator("load-more article"), page.locator('load-more a[rel="next"]')
    few = articles.count()
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator('load-more [role="status"]')).to_contain_text("24 more")
    assert articles.count() == 2 * few
    assert page.url.endswith("?page=2")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('load-more a[rel="next"]')).to_have_count(0)
    addresses = page.locator("load-more h3 a").evaluate_all("all => all.map((one) => one.href)")
    assert len(addresses) == len(set(addresses)) > 60
    assert page.evaluate("document.activeElement.href") in addresses


def test_near_me_is_asked_and_never_assumed(server: Server, watched: Callable[..., Page]):
    page = watched(viewport=PHONE, geolocation=MUENSTER, permissions=["geolocation"])
    page.goto(server.addresses["project_list"]["en"])
    assert "near" not in page.url
    open_drawer(page, WORDS["en"]).get_by_role("button", name="Near me").click()
    page.wait_for_url("**near=51.96,7.63**")
    expect(page.locator("main article h3 a").filter(has_text="roof that pays")).to_be_visible()


def test_near_me_needs_scripts_and_a_yes(server: Server, watched: Callable[..., Page]):
    page = watched(viewport=PHONE, java_script_enabled=False)
    page.goto(server.addresses["project_list"]["en"])
    expect(open_drawer(page, WORDS["en"]).get_by_text("Near me")).to_be_hidden()
    page = watched(viewport=PHONE, permissions=[])
    page.goto(server.addresses["project_list"]["en"])
    drawer = open_drawer(page, WORDS["en"])
    drawer.get_by_role("button", name="Near me").click()
    expect(drawer.get_by_text("Type a place instead")).to_be_visible()
