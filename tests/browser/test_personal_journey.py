"""The same page for everybody, and in it, a moment later, what is one person's own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .axe import violations
from .server import Server
from .test_accessibility import PHONE, WIDE
from .test_admin_policy import EDITOR


def test_an_editor_gets_from_the_page_to_its_form_and_out_again(
    server: Server, open_context: Callable[..., BrowserContext], signed_in: Callable[[str], Any]
):
    # Not watched: Chromium reports that the admin takes no part in our fading from page to page.
    page = open_context(storage_state=signed_in(EDITOR)).new_page()
    page.goto(server.addresses["project"]["en"])
    title = page.locator("main h1").inner_text().replace("\u00ad", "")
    menu = page.locator("account-menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    edit = page.locator("account-menu").get_by_role("link", name="Edit this page")
    expect(edit).to_be_visible()
    page.keyboard.press("Escape")
    expect(edit).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    edit.click()
    expect(page.locator("#id_title")).to_have_value(title)


@pytest.mark.parametrize("viewport", [PHONE, WIDE])
def test_everybody_can_use_the_menu(
    viewport: dict[str, int], server: Server, watched: Callable[..., Page], signed_in: Callable[[str], Any]
):
    page = watched(storage_state=signed_in(EDITOR), viewport=viewport, bypass_csp=True)
    page.goto(server.addresses["home"]["de"])
    if viewport == PHONE:
        page.get_by_role("button", name="Menü").click()
        expect(page.locator("#account-links").get_by_role("link", name="Diese Seite bearbeiten")).to_be_visible()
    else:
        page.locator("account-menu summary").click()
    expect(page.get_by_role("link", name="Abmelden")).to_be_visible()
    assert violations(page) == []


def test_a_stranger_s_page_asks_for_nothing(server: Server, watched: Callable[..., Page]):
    page = watched()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.addresses["home"]["en"])
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    assert not [url for url in asked if "/personal/" in url]
