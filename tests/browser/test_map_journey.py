"""The map beside the list: on a laptop and a phone, by keyboard, in the dark, and what is there without it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .axe import settle, violations
from .server import Server

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
MUENSTER = "?place=M%C3%BCnster"


def open_map(page: Page, *, phone: bool = False) -> None:
    """Press the switch that the window has, and wait until the map says how much it shows."""
    bar = ".browse-bar" if phone else ".toolbar"
    page.locator(f'{bar} [value="map"]').press("Space")
    expect(page.locator(".map-count")).to_contain_text(re.compile(r"\d"))


def position(page: Page) -> str:
    return str(page.locator(".map-count").inner_text().rpartition(" ")[2])


def test_nothing_of_the_map_is_there_before_it_is_asked_for(server: Server, watched: Callable[..., Page]):
    page = watched(viewport=LAPTOP)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(server.addresses["project_list"]["en"])
    expect(page.locator(".browse-map")).to_be_hidden()
    assert not [url for url in loaded if "leaflet" in url or "entry-map" in url or "map.css" in url]
    open_map(page)
    assert [url for url in loaded if "leaflet" in url]
    expect(page.locator("load-more article").first).to_be_visible()
    page.get_by_role("link", name="Skip to the map").press("Enter")
    expect(page.locator(".browse-map")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".map-canvas")).to_be_focused()
    page.emulate_media(media="print")
    expect(page.locator(".browse-map")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator('.toolbar [value="list"]').press("Space")
    expect(page.locator(".browse-map")).to_be_hidden()


def test_without_scripts_the_list_says_it_all(server: Server, watched: Callable[..., Page]):
    page = watched(viewport=PHONE, java_script_enabled=False)
    page.goto(server.addresses["project_list"]["en"] + MUENSTER)
    expect(page.locator(".browse-map")).to_be_hidden()
    expect(page.locator("[data-view-choice]:visible")).to_have_count(0)
    expect(page.locator("main article h3 a").filter(has_text="roof that pays")).to_be_visible()


def test_from_the_world_to_one_card_by_keyboard(server: Server, watched: Callable[..., Page], shots: Path):
    page = watched(viewport=LAPTOP)
    page.goto(server.addresses["project_list"]["en"])
    open_map(page)
    settle(page)
    page.screenshot(path=shots / "map.png")
    cluster = page.get_by_role("button", name="near Berlin").first
    number = int(re.match(r"\d+", cluster.get_attribute("aria-label") or "")[0])
    cluster.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"{number} projects near Berlin")).to_have_count(0)
    expect(page.locator(".map-pin:focus")).to_have_count(1)
    one = page.locator(".map-pin.is-one").first
    one.focus()
    name = (one.get_attribute("aria-label") or "").rpartition(", ")[0]
    page.keyboard.press("Enter")
    card = page.locator(".map-card")
    expect(card.get_by_role("link", name=name)).to_be_focused()
    page.screenshot(path=shots / "map-card.png")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".map-pin.is-one:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    card.get_by_role("link", name=name).press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_what_stands_at_one_place_is_told_as_a_list(server: Server, watched: Callable[..., Page], shots: Path):
    page = watched(viewport=LAPTOP)
    page.goto(server.addresses["project_list"]["en"] + MUENSTER)
    open_map(page)
    cluster = page.get_by_role("button", name="near Munster").or_(page.get_by_role("button", name="near Münster"))
    number = int(re.match(r"\d+", cluster.first.get_attribute("aria-label") or "")[0])
    cluster.first.press("Enter")
    card = page.locator(".map-card")
    expect(card.locator("li a")).to_have_count(number)
    expect(card.locator("li a").first).to_be_focused()
    page.screenshot(path=shots / "map-place.png")
    card.get_by_role("button", name="Close").press("Enter")
    expect(card).to_be_hidden()
    assert page.evaluate("document.activeElement.className").startswith("map-pin")


def test_a_part_of_the_map_narrows_the_list_and_can_be_shared(server: Server, watched: Callable[..., Page]):
    page = watched(viewport=LAPTOP)
    page.goto(server.addresses["project_list"]["en"] + MUENSTER)
    open_map(page)
    search = page.get_by_role("link", name="List what is here")
    expect(search).to_be_hidden()
    page.get_by_role("button", name="Zoom out").press("Enter")
    expect(search).to_be_visible()
    shown = position(page)
    search.press("Enter")
    page.wait_for_url("**bbox=**")
    expect(page.locator("#results")).to_have_text(re.compile(rf"^{shown} results?$"))
    expect(page.locator(".browse-map")).to_be_visible()
    expect(page.locator(".map-count")).to_contain_text(shown)
    address = page.url
    stranger = watched(viewport=PHONE)
    stranger.goto(address)
    assert stranger.url == address
    expect(stranger.locator("#results")).to_have_text(re.compile(rf"^{shown} results?$"))
    stranger.locator(".tag-list .chip.is-active").click()
    assert "bbox" not in stranger.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_in_the_way_on_a_phone(
    server: Server, open_context: Callable[..., BrowserContext], shots: Path, language: str, scheme: str
):
    page = open_context(bypass_csp=True, viewport=PHONE, locale=language, color_scheme=scheme).new_page()
    page.goto(server.addresses["project_list"][language])
    open_map(page, phone=True)
    expect(page.locator('.browse-bar [value="list"]')).to_be_focused()
    expect(page.locator("load-more article").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(".map-list summary").click()
    number = page.locator(".map-pin").count()
    assert 0 < page.locator("[data-list] li").count() <= number
    assert "\n".join(violations(page)) == ""
    page.locator(".map-pin.is-one").first.press("Enter")
    expect(page.locator(".map-card")).to_be_visible()
    assert "\n".join(violations(page)) == ""
    page.screenshot(path=shots / f"map-phone-{language}-{scheme}.png")
