"""What visitors do: find a project, change language and colours, leaf on, write to the office, watch a film."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .server import Server

SOFT_HYPHEN = "\u00ad"
PLAYER_HOST = "player.vimeo.com"


def plain(text: str) -> str:
    """Return what people read: long words carry soft hyphens."""
    return " ".join(text.replace(SOFT_HYPHEN, "").split())


def accent(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"))


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def brightness(page: Page, name: str) -> float:
    """Return how bright a colour of the page is, from 0 to 255, as the browser paints it."""
    painted = page.evaluate(
        """(name) => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d");
            canvas.fillStyle = getComputedStyle(document.body)[name];
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }""",
        name,
    )
    return float(sum(painted) / 3)


def test_from_the_front_page_to_a_project_in_two_clicks(server: Server, watched: Callable[..., Page]):
    page = watched()
    page.goto(server.addresses["home"]["en"])
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Projects").click()
    link = page.locator("main article h3 a").first
    title = plain(link.inner_text())
    link.click()
    expect(page.locator("main h1")).to_be_visible()
    assert plain(page.locator("main h1").inner_text()) == title
    assert plain(page.title()).startswith(title)


def test_the_language_switch_keeps_the_page(server: Server, watched: Callable[..., Page]):
    page = watched()
    for name in ("project", "hub", "faq", "contact", "project_list"):
        page.goto(server.addresses[name]["en"])
        page.get_by_role("contentinfo").get_by_role("link", name="Deutsch").click()
        page.wait_for_url(server.address(name, "de"))
        assert page.locator("html").get_attribute("lang") == "de"
        page.get_by_role("contentinfo").get_by_role("link", name="English").click()
        page.wait_for_url(server.address(name, "en"))


def test_a_page_in_one_language_is_read_in_the_other(server: Server, watched: Callable[..., Page]):
    page = watched()
    page.goto(server.addresses["single"]["en"])
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("note")).to_contain_text("German")
    assert page.locator("main h1").evaluate("(one) => one.closest('[lang]').lang") == "de"
    canonical = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert urlsplit(canonical).path == server.addresses["single"]["de"]


def test_the_choice_of_colours_stays(server: Server, watched: Callable[..., Page]):
    page = watched(color_scheme="light")
    page.goto(server.addresses["home"]["en"])
    day = ground(page)
    page.get_by_role("button", name="Night").click()
    expect(page.get_by_role("button", name="Night")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("body")).not_to_have_css("background-color", day)
    night = ground(page)
    page.goto(server.addresses["project"]["de"])
    assert ground(page) == night
    page.reload()
    assert ground(page) == night
    page.get_by_role("button", name="Wie mein Gerät").click()
    expect(page.locator("body")).to_have_css("background-color", day)


def test_the_device_decides_about_colours(server: Server, open_context: Callable[..., BrowserContext]):
    seen = set()
    for scheme in ("light", "dark"):
        page = open_context(color_scheme=scheme, java_script_enabled=False).new_page()
        page.goto(server.addresses["home"]["en"])
        expect(page.locator("theme-choice")).to_be_hidden()
        seen.add(page.locator("body").evaluate("(one) => getComputedStyle(one).backgroundColor"))
    assert len(seen) == 2


def test_leafing_through_a_list(server: Server, watched: Callable[..., Page]):
    page = watched(java_script_enabled=False)
    page.goto(server.addresses["project_list"]["en"])
    titles: list[str] = []
    while True:
        titles += page.locator("main article h3 a").all_inner_texts()
        onward = page.get_by_role("navigation", name="Pages").get_by_role("link", name="more")
        if not onward.count():
            break
        onward.click()
        expect(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Back")).to_be_visible()
    assert len(titles) > 60
    assert len(titles) == len(set(titles))
    assert "page=" in page.url


@pytest.mark.parametrize("with_scripts", [True, False])
def test_writing_to_the_office(with_scripts: bool, server: Server, watched: Callable[..., Page]):
    page = watched(java_script_enabled=with_scripts)
    words = f"We have a shovel to lend, {'with' if with_scripts else 'without'} scripts."
    page.goto(server.addresses["contact"]["en"])
    page.get_by_label("Your name").fill("Hatice Brandt")
    page.get_by_label("Your e-mail").fill("not an address")
    page.get_by_label("Message").fill(words)
    page.get_by_role("button", name="Send").click()
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link", name="Your e-mail")).to_be_visible()
    wrong = page.get_by_label("Your e-mail")
    assert wrong.get_attribute("aria-invalid") == "true"
    expect(page.get_by_label("Message")).to_have_value(words)
    wrong.fill("hatice@example.org")
    page.get_by_role("button", name="Send").click()
    said = page.get_by_role("status").filter(has_text="Somebody from the network's office will answer")
    expect(said).to_be_visible()
    assert urlsplit(page.url).path == server.addresses["contact"]["en"]
    mails = server.log.read_text(encoding="utf-8")
    assert "To: office@demo.groundswell.example" in mails
    assert words in mails


def test_every_hub_has_its_own_look(server: Server, watched: Callable[..., Page], open_context: Any):
    page = watched(color_scheme="light")
    looks = {}
    for name in ("home", "hub", "sub_hub"):
        page.goto(server.addresses[name]["en"])
        looks[name] = (accent(page), ground(page))
    assert len(set(looks.values())) == 3
    dark = watched(color_scheme="dark")
    dark.goto(server.addresses["hub"]["en"])
    assert (accent(dark), ground(dark)) != looks["hub"]


def test_a_film_waits_for_a_click(server: Server, open_context: Callable[..., BrowserContext]):
    context = open_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    context.route(
        f"https://{PLAYER_HOST}/**", lambda route: route.fulfill(body="<title>Film</title>", content_type="text/html")
    )
    page = context.new_page()
    page.goto(server.addresses["blocks"]["en"])
    player = page.locator("video-player")
    player.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert set(asked) == {urlsplit(server.url).netloc}
    assert page.locator("iframe").count() == 0
    player.get_by_role("link", name="Play the film").click()
    frame = page.locator("video-player iframe")
    expect(frame).to_be_focused()
    assert urlsplit(frame.get_attribute("src") or "").netloc == PLAYER_HOST
    page.wait_for_load_state("networkidle")
    assert set(asked) == {urlsplit(server.url).netloc, PLAYER_HOST}


def test_visitors_get_no_cookie(server: Server, open_context: Callable[..., BrowserContext]):
    context = open_context()
    page = context.new_page()
    for name in ("home", "hub", "project", "contact", "faq"):
        page.goto(server.addresses[name]["en"])
    assert context.cookies() == []


def test_a_page_printed(server: Server, open_context: Callable[..., BrowserContext]):
    page = open_context().new_page()
    page.goto(server.addresses["project"]["en"])
    page.emulate_media(media="print")
    expect(page.locator(".masthead-nav")).to_be_hidden()
    expect(page.locator("main h1")).to_be_visible()


def test_paper_is_white_and_its_ink_dark_at_night_too(server: Server, open_context: Callable[..., BrowserContext]):
    page = open_context(color_scheme="dark").new_page()
    page.goto(server.addresses["project"]["en"])
    night = brightness(page, "color")
    assert night > 180
    page.emulate_media(media="print", color_scheme="dark")
    # Printing draws the page anew; a change of the emulated medium leaves colours that variables hold as they were.
    page.reload()
    assert brightness(page, "color") < 80
    assert brightness(page, "backgroundColor") == 255
