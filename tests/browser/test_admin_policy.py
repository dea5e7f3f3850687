"""The admin keeps to its content security policy: nothing is blocked, so nothing is broken, on what editors use."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .server import Server
from .watch import Watch

EDITOR = "editor@demo.groundswell.example"
OPERATOR = "operator@demo.groundswell.example"
ADDRESSES = (
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/snippets/taxonomy/sector/",
    "/admin/snippets/taxonomy/sector/add/",
    "/admin/snippets/taxonomy/skill/",
    "/admin/snippets/cms_core/sitemenu/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/reports/missing-translations/",
    "/admin/reports/stale-translations/",
    "/admin/reports/missing-alternatives/",
    "/admin/reports/broken-links/",
    "/admin/redirects/",
    "/admin/redirects/add/",
    "/admin/workflows/list/",
    "/admin/workflows/tasks/index/",
    "/admin/workflows/tasks/select_type/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/sites/",
    "/admin/locales/",
    "/admin/collections/",
    "/admin/account/",
)


@pytest.fixture
def admin(shared_contexts: Callable[..., Any], signed_in: Callable[[str], Any]) -> Iterator[Callable[[str], Page]]:
    """Open a page of the admin; the test fails for whatever was blocked or went wrong on it."""
    watches: list[Watch] = []
    pages: list[Page] = []

    def _open(email: str) -> Page:
        context, watch = shared_contexts(email, storage_state=signed_in(email))
        watches.append(watch)
        pages.append(context.new_page())
        return pages[-1]

    yield _open
    for page in pages:
        page.close()
    assert [complaint for watch in watches for complaint in watch.complaints()] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_area_opens_without_a_complaint(address: str, admin: Callable[[str], Page]):
    page = admin(OPERATOR)
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, page.url
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["home", "hub", "organization", "project", "blocks", "story", "faq", "contact"])
def test_every_editor_opens_without_a_complaint(name: str, language: str, server: Server, admin: Callable[[str], Page]):
    """One of the two languages is written in the page editor, the other one in the translation editor."""
    page = admin(EDITOR)
    page.goto(server.edit(name, language))
    expect(page.locator("form[data-edit-form], .js-translation-editor [role=tabpanel]").first).to_be_attached()
    page.wait_for_load_state("networkidle")


def test_a_date_is_picked(server: Server, admin: Callable[[str], Page]):
    page = admin(EDITOR)
    page.goto(server.edit("blocks"))
    field = page.locator("#id_start_date")
    field.scroll_into_view_if_needed()
    before = field.input_value()
    field.click()
    picker = page.locator(".xdsoft_datetimepicker").locator("visible=true")
    expect(picker).to_be_visible()
    day = picker.locator("td.xdsoft_date:not(.xdsoft_other_month):not(.xdsoft_current)").nth(10)
    day.click()
    assert field.input_value() != before
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", field.input_value())


def upload(page: Page, name: str, data: bytes) -> None:
    page.goto("/admin/images/multiple/add/")
    page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": data})


def test_a_picture_is_uploaded(admin: Callable[[str], Page]):
    data = BytesIO()
    Image.new("RGB", (640, 480), "#17704a").save(data, "JPEG")
    page = admin(EDITOR)
    upload(page, "shed.jpg", data.getvalue())
    uploaded = page.locator("#upload-list li").first
    uploaded.get_by_label("Title").fill("The shed in May")
    uploaded.get_by_label("Alternative text").fill("A green shed")
    uploaded.get_by_role("button", name="Update").click()
    expect(uploaded).to_be_hidden()
    page.goto("/admin/images/?q=shed")
    picture = page.get_by_role("link", name=re.compile("The shed in May")).first
    expect(picture).to_be_visible()
    assert picture.locator("img").evaluate("(one) => one.complete && one.naturalWidth > 0")


def test_a_broken_picture_is_refused_with_words(admin: Callable[[str], Page]):
    page = admin(EDITOR)
    upload(page, "broken.jpg", b"\xff\xd8\xff\xe0 not a picture")
    refused = page.locator("#upload-list li").first
    expect(refused.locator(".error_messages")).to_contain_text(re.compile(r"\w+ \w+ \w+"))


def test_a_picture_is_chosen(server: Server, admin: Callable[[str], Page]):
    page = admin(EDITOR)
    page.goto(server.edit("blocks"))
    field = page.locator("#panel-child-content-cover-section")
    before = field.locator("input[name=cover]").input_value()
    field.get_by_role("button", name="Actions").click()
    page.get_by_role("button", name="Change image").click()
    modal = page.locator(".modal-content")
    other = modal.locator(f"a[data-chooser-modal-choice]:not([href*='/{before}/'])").first
    other.click()
    expect(modal).to_be_hidden()
    assert field.locator("input[name=cover]").input_value() not in {"", before}


def test_a_place_is_found_and_chosen(server: Server, admin: Callable[[str], Page]):
    page = admin(EDITOR)
    page.goto(server.edit("blocks"))
    field = page.locator("#panel-child-content-where-section")
    field.get_by_role("button", name="Actions").click()
    page.get_by_role("button", name="Choose another place").click()
    modal = page.locator(".modal-content")
    modal.get_by_label("Search term").fill("Lisbon")
    modal.get_by_role("link", name=re.compile("Lisbo[na]")).first.click()
    expect(modal).to_be_hidden()
    expect(field).to_contain_text(re.compile("Lisbo[na]"))


def test_choosers_offer_the_right_kind(server: Server, admin: Callable[[str], Page]):
    page = admin(EDITOR)
    page.goto(server.edit("blocks"))
    page.get_by_role("button", name="Add project organization link").click()
    modal = page.locator(".modal-content")
    expect(modal.locator("tbody tr")).to_have_count(20)
    kinds = modal.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert {kind.strip() for kind in kinds} == {"Organization"}
    modal.get_by_label("Search term").fill("Lindenhof")
    expect(modal.locator("tbody tr")).to_have_count(1)
    modal.get_by_role("checkbox").check()
    modal.get_by_role("button", name="Confirm selection").click()
    expect(modal).to_be_hidden()
    expect(page.locator("#panel-child-content-organizations-section")).to_contain_text("Lindenhof")


def test_translating_begins(server: Server, admin: Callable[[str], Page]):
    page = admin(EDITOR)
    page.goto(f"/admin/localize/submit/page/{server.numbers['single']['de']}/")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_the_preview_shows_the_draft(server: Server, admin: Callable[[str], Page]):
    page = admin(EDITOR)
    page.goto(server.edit("blocks"))
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("iframe[title='Preview'], #w-preview-iframe, [data-w-preview-target='iframe']").first
    expect(frame.locator("main h1")).to_contain_text("Everything")
