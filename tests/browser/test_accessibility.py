"""Every type of page, in both languages, by day and by night: axe finds nothing, nothing goes wrong unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .axe import settle, violations
from .conftest import WIDE
from .server import Server

LANGUAGES = ("en", "de")
SCHEMES = ("light", "dark")
OK, BAD_REQUEST, NOT_FOUND = 200, 400, 404
# Name and status; the address is the name's in the network, or this.
PAGES: dict[str, tuple[str | None, int]] = {
    "home": (None, OK),
    "hub_list": (None, OK),
    "hub": (None, OK),
    "sub_hub": (None, OK),
    "organization_list": (None, OK),
    "organization": (None, OK),
    "project_list": (None, OK),
    "project": (None, OK),
    "blocks": (None, OK),
    "story_list": (None, OK),
    "story": (None, OK),
    "faq": (None, OK),
    "landing": (None, OK),
    "contact": (None, OK),
    "single": (None, OK),
    "people": ("/{language}/people/", OK),
    "sign-in": ("/accounts/login/", OK),
    "missing": ("/{language}/nothing/here/", NOT_FOUND),
    "styleguide": ("/styleguide/", OK),
}
PHONE = {"width": 360, "height": 740}
IN_THE_HAND = ("home", "hub", "blocks", "contact", "sign-in", "project_list", "people")
EACH_PAGE = pytest.mark.parametrize("name", PAGES)
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def visit(page: Page, server: Server, name: str, language: str) -> None:
    address, status = PAGES[name]
    path = address.format(language=language) if address else server.addresses[name][language]
    response = page.goto(path)
    assert response is not None
    assert response.status == status, path
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def show_all(page: Page) -> None:
    """Scroll to the end and back, as readers do, so that what loads late is there."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, 0)")


@pytest.fixture(scope="module")
def reader(shared_contexts: Callable[..., Any]) -> Callable[..., Page]:
    """Open a page that axe may be brought into, which the policy of the site would not allow."""
    pages: dict[str, Page] = {}

    def _open(language: str, viewport: dict[str, int]) -> Page:
        name = f"reader {language} {viewport['width']}"
        if name not in pages:
            context, _watch = shared_contexts(name, bypass_csp=True, locale=language, viewport=viewport)
            pages[name] = context.new_page()
        return pages[name]

    return _open


@EACH_LANGUAGE
@EACH_PAGE
def test_nothing_is_in_the_way(name: str, language: str, server: Server, reader: Callable[..., Page]):
    page = reader(language, WIDE)
    visit(page, server, name, language)
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in violations(page)]
    assert "\n".join(found) == ""


@EACH_LANGUAGE
@pytest.mark.parametrize("name", IN_THE_HAND)
def test_nothing_is_in_the_way_on_a_phone(name: str, language: str, server: Server, reader: Callable[..., Page]):
    page = reader(language, PHONE)
    visit(page, server, name, language)
    assert "\n".join(violations(page)) == ""


@EACH_LANGUAGE
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_form_with_errors(language: str, scheme: str, server: Server, open_context: Callable[..., BrowserContext]):
    page = open_context(bypass_csp=True, locale=language, color_scheme=scheme).new_page()
    page.goto(server.addresses["contact"][language])
    with page.expect_navigation() as navigation:
        page.locator("main button[type=submit]").click()
    assert navigation.value.status == BAD_REQUEST
    expect(page.get_by_role("alert")).to_be_visible()
    assert "\n".join(violations(page)) == ""


def test_the_open_menu_on_a_phone(server: Server, open_context: Callable[..., BrowserContext]):
    page = open_context(bypass_csp=True, viewport=PHONE).new_page()
    page.goto(server.addresses["home"]["en"])
    page.get_by_role("button", name="Menu", exact=True).click()
    assert "\n".join(violations(page)) == ""


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<img src="/static/groundswell/img/mark.svg">', "image-alt"),
        ('<p style="color:#ccc;background:#fff">Faint</p>', "color-contrast"),
    ],
)
def test_the_check_itself_sees(markup: str, rule: str, server: Server, open_context: Callable[..., BrowserContext]):
    page = open_context(bypass_csp=True).new_page()
    page.goto(server.addresses["home"]["en"])
    page.evaluate("(markup) => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", markup)
    assert any(line.startswith(f"{rule}:") for line in violations(page))


@EACH_LANGUAGE
@EACH_PAGE
def test_nothing_goes_wrong_unseen(name: str, language: str, server: Server, shared_contexts: Callable[..., Any]):
    """No console error, no violation of the policy, no failed request, none to another host; nothing sticks out."""
    context, watch = shared_contexts(f"visitor {language}", locale=language)
    page = context.new_page()
    too_wide = []
    visit(page, server, name, language)
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        # What depends on the width is worked out with the next frame.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        show_all(page)
        if page.evaluate("document.scrollingElement.scrollWidth") > viewport["width"]:
            too_wide += [viewport["width"], *sticking_out(page)]
    page.close()
    assert too_wide == []
    assert watch.complaints() == []


def sticking_out(page: Page) -> Any:
    return page.evaluate(
        """() => [...document.body.querySelectorAll('*')]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
          .map((one) => `${one.tagName}.${one.className} ${one.getBoundingClientRect().right}`).slice(0, 8)"""
    )


FOCUS = """() => {
  const one = document.activeElement;
  const line = (marked) => {
    const style = getComputedStyle(marked);
    return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
  };
  const box = one.getBoundingClientRect();
  return {
    what: `${one.tagName} ${one.textContent.trim().slice(0, 40)}`,
    isBody: one === document.body,
    line: Math.max(line(one), line(one.closest('article, label') ?? one)),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("home", "light"), ("project_list", "dark"), ("blocks", "light"), ("contact", "dark"), ("sign-in", "light")],
)
def test_the_focus_is_always_seen(name: str, scheme: str, server: Server, watched: Callable[..., Page]):
    page = watched(color_scheme=scheme)
    visit(page, server, name, "en")
    reached, invisible = 0, []
    for _step in range(120):
        page.keyboard.press("Tab")
        settle(page)
        focus = page.evaluate(FOCUS)
        if focus["isBody"]:
            break
        reached += 1
        if focus["line"] < 2 or not focus["seen"]:
            invisible.append(focus)
    assert reached > 10
    assert [focus["what"] for focus in invisible] == []


@EACH_LANGUAGE
def test_the_skip_link(language: str, server: Server, watched: Callable[..., Page]):
    page = watched(locale=language)
    page.goto(server.addresses["home"][language])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_the_menu_by_keyboard(server: Server, watched: Callable[..., Page]):
    page = watched(viewport=PHONE)
    page.goto(server.addresses["home"]["en"])
    button = page.get_by_role("button", name="Menu", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    menu = page.locator("#menu")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#menu').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="Projects").press("Enter")
    page.wait_for_url(f"**{server.addresses['project_list']['en']}")
