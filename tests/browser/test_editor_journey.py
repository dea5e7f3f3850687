"""From a first word to two languages: an author proposes, a hub approves, translators and the machine follow.

One journey through the real admin, told in steps; each step is a test that stands on the one before.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIRequestContext, Browser, Locator, Page, Playwright, expect

from .conftest import PATIENCE, WIDE
from .network import AUTHOR
from .server import Server
from .watch import Watch

HUB_EDITOR = "berlin@demo.groundswell.example"
TITLE = "Der Hof wird ein Garten"
SUMMARY = "Aus zwölf Stellplätzen werden Beete."
FIRST, SECOND = "Am Anfang stand ein Parkplatz.", "Dann kamen Nachbarn mit Spaten."
BY_HAND = {TITLE: "The yard becomes a garden", FIRST: "It all began with a car park."}
NEWER_SUMMARY = "Aus zwanzig Stellplätzen werden Beete."
OLD_SLUG, NEW_SLUG = "der-hof-wird-ein-garten", "garten-statt-parkplatz"
SECONDS_TO_BE_PUBLIC = 1.0
OK, MOVED, NOT_FOUND = 200, 301, 404


def turned(sentence: str) -> str:
    """Return what the dummy translator makes of a sentence: it turns the words round."""
    return " ".join(reversed(sentence.split(" ")))


@dataclass
class Journey:
    """What the steps share: who is at work, and how the public sees it."""

    server: Server
    public: APIRequestContext
    author: Page
    editor: Page
    shots: Path
    number: int = 0
    english: int = 0

    def path(self, slug: str, language: str = "de") -> str:
        return f"{self.server.addresses['project_list'][language]}{slug}/"

    def status(self, path: str) -> int:
        return self.public.get(path, max_redirects=0).status

    def in_api(self, language: str) -> dict[str, Any] | None:
        answer = self.public.get(f"/api/v1/projects/?lang={language}&ordering=newest&page_size=10")
        assert answer.status == OK, answer.text()
        titles = {TITLE, BY_HAND[TITLE]}
        return next((row for row in answer.json()["results"] if row["title"] in titles), None)

    def shoot(self, page: Page, name: str) -> None:
        page.screenshot(path=self.shots / f"{name}.png")


@pytest.fixture(scope="module")
def journey(
    server: Server, browser: Browser, playwright: Playwright, signed_in: Callable[[str], Any], shots: Path
) -> Iterator[Journey]:
    public = playwright.request.new_context(base_url=server.url)
    contexts = [
        browser.new_context(base_url=server.url, storage_state=signed_in(who), locale="en-GB", viewport=WIDE)
        for who in (AUTHOR, HUB_EDITOR)
    ]
    watches = [Watch(context, urlsplit(server.url).netloc) for context in contexts]
    for context in contexts:
        context.set_default_timeout(PATIENCE)
    yield Journey(server, public, *(context.new_page() for context in contexts), shots)
    complaints = [complaint for watch in watches for complaint in watch.complaints()]
    for context in contexts:
        context.close()
    public.dispose()
    assert complaints == []


def menu_action(page: Page, name: str | re.Pattern[str]) -> Locator:
    """Open the menu beside the page's save button and return one of its actions."""
    page.get_by_role("navigation", name="Actions (footer)").get_by_role("button", name="More actions").click()
    return page.get_by_role("button", name=name).locator("visible=true")


def header_action(page: Page, name: str) -> Locator:
    """Open the menu beside the page's title and return one of its links."""
    page.locator(".w-slim-header").get_by_role("button", name="Actions").click()
    return page.get_by_role("link", name=name).locator("visible=true")


def write_text(page: Page, *paragraphs: str) -> None:
    """Add a block of text to the body and type into it."""
    body = page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    body.locator("[contenteditable=true]").first.click()
    for number, paragraph in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(paragraph)


def choose_hub(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add project hub link").click()
    modal = page.locator(".modal-content")
    modal.get_by_label("Search term").fill(name)
    expect(modal.locator("tbody tr")).to_have_count(1)
    modal.get_by_role("checkbox").check()
    modal.get_by_role("button", name="Confirm selection").click()
    expect(modal).to_be_hidden()


def test_an_author_writes_and_hands_in(journey: Journey):
    page = journey.author
    number = journey.server.numbers["project_list"]["de"]
    page.goto(f"/admin/pages/add/projects/projectpage/{number}/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill(SUMMARY)
    write_text(page, FIRST, SECOND)
    choose_hub(page, "Berlin")
    # Wagtail saves a new page by itself, and who hands in at that very moment is told that the slug is taken.
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    journey.shoot(page, "01-written")
    menu_action(page, re.compile("^Submit to")).click()
    expect(page.get_by_role("status")).to_contain_text("submitted for moderation")
    journey.shoot(page, "02-handed-in")
    assert journey.status(journey.path(OLD_SLUG)) == NOT_FOUND
    assert journey.in_api("de") is None


def test_authors_cannot_publish(journey: Journey):
    page = journey.author
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("navigation", name="Actions (footer)").get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name=re.compile("Publish|Approve"))).to_have_count(0)


def test_the_hub_sees_it_and_approves(journey: Journey):
    page = journey.editor
    page.goto("/admin/")
    waiting = page.get_by_role("region", name="Awaiting your review")
    expect(waiting).to_contain_text(TITLE)
    journey.shoot(page, "03-waits-for-me")
    waiting.get_by_role("link", name=TITLE).first.click()
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    journey.number = int(re.search(r"/pages/(\d+)/", page.url)[1])
    journey.shoot(page, "04-to-review")
    approve = menu_action(page, "Approve")
    with page.expect_navigation():
        approve.first.click()
    answered = time.monotonic()
    while journey.status(journey.path(OLD_SLUG)) != OK:
        assert time.monotonic() - answered < SECONDS_TO_BE_PUBLIC
    journey.shoot(page, "05-approved")


def test_it_is_public_everywhere(journey: Journey):
    path = journey.path(OLD_SLUG)
    text = journey.public.get(path).text()
    assert SUMMARY in text
    assert FIRST in text
    listed = journey.public.get(journey.server.addresses["project_list"]["de"]).text()
    pages = [
        journey.public.get(f"{journey.server.addresses['project_list']['de']}?page={number}").text()
        for number in (2, 3)
    ]
    assert any(path in part for part in (listed, *pages))
    assert f"{path}</loc>" in journey.public.get("/sitemap-1.xml").text()
    row = journey.in_api("de")
    assert row is not None
    assert row["title"] == TITLE
    assert [hub["title"] for hub in row["hubs"]] == ["Berlin"]


def test_renaming_leaves_a_way(journey: Journey):
    page = journey.editor
    page.goto(f"/admin/pages/{journey.number}/edit/")
    page.get_by_role("tab", name="Promote").click()
    page.locator("#id_slug").fill(NEW_SLUG)
    menu_action(page, "Publish").first.click()
    expect(page.get_by_role("status")).to_contain_text("published")
    old = journey.public.get(journey.path(OLD_SLUG), max_redirects=0)
    assert old.status == MOVED
    assert urlsplit(old.headers["location"]).path == journey.path(NEW_SLUG)
    assert journey.status(journey.path(NEW_SLUG)) == OK


def translate_by_hand(page: Page, source: str, words: str) -> None:
    """Fill in one sentence in the translation editor."""
    segment = page.locator(".js-translation-editor li").filter(has=page.get_by_text(source, exact=True)).last
    segment.get_by_role("button", name="Translate", exact=True).click()
    field = segment.locator("textarea, [contenteditable=true]").first
    field.fill(words)
    segment.get_by_role("button", name="Save").click()
    expect(segment.get_by_text(re.compile("Translated manually"))).to_be_visible()


def run_machine(page: Page) -> None:
    page.get_by_role("button", name="Translate with Dummy translator").click()
    expect(page.get_by_role("status")).to_contain_text(re.compile("translated", re.IGNORECASE))


def publish_translation(page: Page) -> None:
    publish = page.locator(".js-translation-editor").get_by_role("button", name=re.compile("^Publish"))
    if not publish.locator("visible=true").count():
        page.get_by_role("button", name="Actions", exact=True).last.click()
    publish.first.click()
    expect(page.get_by_role("status")).to_contain_text("ublished")


def test_it_is_translated(journey: Journey):
    page = journey.editor
    page.goto(f"/admin/pages/{journey.number}/edit/")
    header_action(page, "Translate this page").click()
    page.get_by_role("checkbox", name="English").check()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    journey.english = int(re.search(r"/pages/(\d+)/", page.url)[1])
    journey.shoot(page, "06-to-translate")
    for source, words in BY_HAND.items():
        translate_by_hand(page, source, words)
    run_machine(page)
    journey.shoot(page, "07-translated")
    publish_translation(page)
    row = journey.in_api("en")
    assert row is not None
    assert row["title"] == BY_HAND[TITLE]
    text = journey.public.get(urlsplit(row["url"]).path).text()
    assert BY_HAND[FIRST] in text
    assert turned(SUMMARY) in text


def test_a_change_makes_the_translation_stale(journey: Journey):
    row = journey.in_api("en")
    assert row is not None
    assert row["is_stale"] is False
    page = journey.editor
    page.goto(f"/admin/pages/{journey.number}/edit/")
    page.locator("#id_summary").fill(NEWER_SUMMARY)
    menu_action(page, "Publish").first.click()
    expect(page.get_by_role("status")).to_contain_text("published")
    row = journey.in_api("en")
    assert row is not None
    assert row["is_stale"] is True
    for address in ("/admin/", "/admin/reports/stale-translations/"):
        page.goto(address)
        main = page.get_by_role("main")
        expect(main.get_by_role("link", name=BY_HAND[TITLE]).first).to_be_visible()
    journey.shoot(page, "08-stale")
    text = journey.public.get(urlsplit(row["url"]).path).text()
    assert "The original has changed since this text was translated." in text


def test_what_was_written_by_hand_survives_the_machine(journey: Journey):
    page = journey.editor
    page.goto(f"/admin/pages/{journey.number}/edit/")
    header_action(page, "Sync translated pages").click()
    page.wait_for_url("**/localize/update/**")
    journey.shoot(page, "09-update")
    page.get_by_role("main").get_by_role("button", name="Submit").click()
    expect(page.get_by_role("status")).to_contain_text("updated")
    page.goto(f"/admin/pages/{journey.english}/edit/")
    run_machine(page)
    for words in BY_HAND.values():
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    expect(page.get_by_text(turned(NEWER_SUMMARY), exact=True)).to_be_visible()
    journey.shoot(page, "10-machine-again")
    publish_translation(page)
    row = journey.in_api("en")
    assert row is not None
    assert row["title"] == BY_HAND[TITLE]
    assert row["is_stale"] is False
    text = journey.public.get(urlsplit(row["url"]).path).text()
    assert BY_HAND[FIRST] in text
    assert turned(NEWER_SUMMARY) in text
    page.goto(urlsplit(row["url"]).path)
    journey.shoot(page, "11-in-english")
