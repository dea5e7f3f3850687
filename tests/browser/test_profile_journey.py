"""A member changes what is shown of her, by keyboard, and looks at it as others do; everybody can use these pages."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .axe import settle, violations
from .network import PASSWORD
from .server import Server
from .test_accessibility import FOCUS, PHONE, WIDE

MEMBER = "clara@demo.groundswell.example"
MINE = "/en/people/me/"
PATHS = (
    "/{language}/people/",
    "/{language}/people/?skill=facilitation&place=Berlin",
    "/{language}/people/me/",
    "own page",
)


@pytest.fixture(scope="module")
def session(server: Server, browser: Browser) -> Any:
    """The cookies of a member who has signed in."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    page = context.new_page()
    page.goto(f"/accounts/login/?next={MINE}")
    page.locator("input[name=login]").fill(MEMBER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"**{MINE}")
    kept = context.storage_state()
    context.close()
    return kept


def own_page(page: Page) -> str:
    """Return the address of the member's own page."""
    page.goto(MINE)
    return str(page.get_by_role("link", name="See it as everyone does").get_attribute("href")).partition("?")[0]


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_in_the_way(
    language: str, scheme: str, viewport: dict[str, int], session: Any, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context(
        storage_state=session, viewport=viewport, color_scheme=scheme, bypass_csp=True, locale=language
    ).new_page()
    own = own_page(page).replace("/en/", f"/{language}/")
    for path in PATHS:
        page.goto(own if path == "own page" else path.format(language=language))
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert violations(page) == [], path
        assert page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"], path


def test_a_form_with_errors_says_so_beside_its_fields(
    session: Any, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context(storage_state=session, bypass_csp=True).new_page()
    page.goto(MINE)
    page.get_by_label("Website").first.fill("javascript:alert(1)")
    page.get_by_label("Where you live").first.fill("Nowhereville-Xq")
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="Save").click()
    assert navigation.value.status == 400
    expect(page.get_by_role("alert")).to_contain_text("We know no place of that name.")
    expect(page.locator("#id_website")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []


def test_a_profile_by_keyboard(session: Any, watched: Callable[..., Page]) -> None:
    page = watched(storage_state=session)
    page.goto(MINE)
    page.locator("#id_headline").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Keeps the circle round")
    page.keyboard.press("Tab")
    expect(page.locator("#id_visibility-headline")).to_be_focused()
    page.keyboard.type("Every")
    place = page.locator("#id_place")
    place.focus()
    page.keyboard.press("Control+a")
    with page.expect_response("**/api/v1/places/?**"):
        page.keyboard.type("Potsd")
    expect(page.locator("#place-suggestions option").first).to_have_attribute("value", "Potsdam, DE")
    page.keyboard.type("am")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Your profile is saved.")).to_be_visible()
    expect(page.locator("#id_place")).to_have_value("Potsdam, DE")
    page.get_by_role("link", name="See it as everyone does").press("Enter")
    expect(page.get_by_text("Keeps the circle round")).to_be_visible()
    expect(page.get_by_role("link", name="Everyone", exact=True)).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("path", ["/en/people/", MINE])
def test_the_focus_is_always_seen(path: str, session: Any, watched: Callable[..., Page]) -> None:
    page = watched(storage_state=session, color_scheme="dark")
    page.goto(path)
    reached, invisible = 0, []
    for _step in range(160):
        page.keyboard.press("Tab")
        settle(page)
        focus = page.evaluate(FOCUS)
        if focus["isBody"]:
            break
        reached += 1
        if focus["line"] < 2 or not focus["seen"]:
            invisible.append(focus["what"])
    assert reached > 20
    assert invisible == []


def test_it_works_without_scripts(session: Any, open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(storage_state=session, java_script_enabled=False).new_page()
    page.goto(MINE)
    page.locator("#id_place").fill("Leipzig")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#id_place")).to_have_value("Leipzig, DE")
    page.goto("/en/people/")
    page.get_by_label("Skill").select_option("facilitation")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".people-list").get_by_role("link", name="Clara Nowotny")).to_be_visible()
