"""The admin's front page, lists, reports and snippets: who sees what, in how many queries."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail.rich_text import RichText

from cms.directory.authoring import add_page, submit_page
from cms.directory.models import Entry, EntryText
from cms.editorial.reports.menu import REPORTS
from cms.media.models import Image
from cms.projects.models import ProjectHubLink, ProjectPage
from cms.taxonomy.models import OrganizationType, ProjectStatus, Sector, Skill
from tests.factories.media import image_file
from tests.worlds import SOURCE, TARGET, World, translate

pytestmark = pytest.mark.django_db

ADDRESSES = [reverse(view.index_url_name) for _slug, view in REPORTS]
LISTS = ["/admin/hub_pages/", "/admin/organization_pages/", "/admin/project_pages/", "/admin/story_pages/"]
SECRETS = ("Project draft_b secret", "Story b secret", "Content b secret", "Project live_b new secret")


def text_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode()


def projects(world: World, count: int, *, publish: bool = True) -> list[ProjectPage]:
    made = []
    for number in range(count):
        page = ProjectPage(title=f"More {number}", summary="x")
        page.hub_links = [ProjectHubLink(entry_id=world.hub_a[SOURCE].translation_key)]
        made.append(add_page(parent=world.project_lists[SOURCE], page=page, publish=publish))
    return made


@pytest.mark.parametrize("address", [*ADDRESSES, *LISTS, "/admin/"])
def test_hub_editors_see_no_drafts_of_others(world: World, visit: Any, address: str):
    EntryText.objects.filter(page_id=world.pages["draft_b"].pk).update(is_stale=True)
    submit_page(page=world.pages["draft_b"], author=world.users["outsider"])
    response = visit("editor_a").get(address)
    assert response.status_code == 200
    assert not [secret for secret in SECRETS if secret in text_of(response)]


@pytest.mark.parametrize("address", [*ADDRESSES, *LISTS])
@pytest.mark.parametrize(("role", "status"), [("outsider", 403), ("former_editor", 403), (None, 302), ("editor", 200)])
def test_who_opens_reports_and_lists(world: World, visit: Any, role: str | None, status: int, address: str):
    assert visit(role).get(address).status_code == status


@pytest.mark.parametrize("address", [*ADDRESSES, "/admin/project_pages/", "/admin/"])
def test_as_many_queries_for_many_rows_as_for_few(world: World, visit: Any, address: str):
    def queries() -> int:
        client = visit("editor_a")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    EntryText.objects.filter(page_id=world.pages["draft_a"].pk).update(is_translation=True, is_stale=True)
    for page in projects(world, 2):
        submit_page(page=page, author=world.users["outsider"])
    few = queries()
    for page in projects(world, 6):
        submit_page(page=page, author=world.users["outsider"])
        EntryText.objects.filter(page_id=page.pk).update(is_translation=True, is_stale=True)
    assert queries() - few <= SLACK.get(address, 0)


# Wagtail's panel of reviews, and the buttons that it and wagtail-localize put beside each page, ask for each row.
SLACK = {"/admin/": 6 * 8, "/admin/project_pages/": 6 * 5}


def test_what_waits_for_me_is_on_the_front_page(world: World, visit: Any):
    submit_page(page=world.pages["draft_both"], author=world.users["outsider"])
    assert "Project draft_both secret" in text_of(visit("editor_a").get("/admin/"))


def test_stale_translations_are_on_the_front_page_and_in_the_report(world: World, visit: Any):
    copy = translate(world.pages["live_a"], title="Projekt A")
    EntryText.objects.filter(page_id=copy.pk).update(is_stale=True)
    for address in ("/admin/", reverse("editorial_stale_translations")):
        assert "Projekt A" in text_of(visit("editor_a").get(address)), address
        assert "Projekt A" not in text_of(visit("editor_b").get(reverse("editorial_stale_translations")))


def test_missing_translations(world: World, visit: Any):
    address = reverse("editorial_missing_translations")
    assert "Project live_a" in text_of(visit("editor_a").get(address, {"missing": TARGET}))
    assert "Project live_a" not in text_of(visit("editor_a").get(address, {"missing": SOURCE}))
    translate(world.pages["live_a"])
    assert "Project live_a" not in text_of(visit("editor_a").get(address))


def test_reports_are_exported(world: World, visit: Any):
    response = visit("editor_a").get(reverse("editorial_missing_translations"), {"export": "csv"})
    rows = list(csv.reader(io.StringIO(text_of(response))))
    assert rows[0][0] == "Title"
    assert any(row[0] == "Project live_a" and row[-1] == TARGET for row in rows)
    for address in ADDRESSES:
        response = visit("editor").get(address, {"export": "xlsx"})
        assert text_or_bytes(response)[:2] == b"PK", address


def text_or_bytes(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_pictures_without_description(world: World, visit: Any):
    mine = Collection.objects.get(name="Hub editors: Hub A")
    theirs = Collection.objects.get(name="Hub editors: Hub B")
    for title, collection, description in (
        ("Silent", mine, ""),
        ("Told", mine, "A wind wheel"),
        ("Foreign", theirs, ""),
    ):
        Image.objects.create(title=title, collection=collection, description=description, file=image_file())
    page = world.pages["live_a"].specific
    page.cover = Image.objects.get(title="Silent")
    page.save_revision().publish()
    text = text_of(visit("editor_a").get(reverse("editorial_missing_alternatives"), {"used": "true"}))
    assert "Silent" in text
    assert "Project live_a" in text
    assert "Told" not in text
    assert "Foreign" not in text


def test_broken_links(world: World, visit: Any, django_capture_on_commit_callbacks: Any):
    page = Page.objects.get(pk=world.pages["live_a"].pk).specific
    gone = add_page(
        parent=world.story_lists[SOURCE], page=type(world.pages["story_b"])(title="Gone", summary="x"), publish=True
    )
    words = "".join(f'<p><a linktype="page" id="{target}">x</a></p>' for target in (gone.pk, world.pages["live_b"].pk))
    page.body = [("text", RichText(words))]
    page.save_revision().publish()
    address = reverse("editorial_broken_links")
    Page.objects.get(pk=gone.pk).unpublish()
    assert "Project live_a" in text_of(visit("editor_a").get(address))
    Page.objects.get(pk=gone.pk).specific.save_revision().publish()
    assert "Project live_a" not in text_of(visit("editor_a").get(address))
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=gone.pk).delete()
    assert "Project live_a" in text_of(visit("editor_a").get(address))
    assert "Project live_a" not in text_of(visit("editor_b").get(address))


def test_lists_are_filtered_by_hub_sector_state_and_language(world: World, visit: Any):
    sector = Sector.objects.create(name="Energy", slug="energy", locale=world.homes[SOURCE].locale)
    page = Page.objects.get(pk=world.pages["live_a"].pk).specific
    page.sectors = [sector]
    page.save_revision().publish()
    client = visit("editor")
    cases = {
        ("hub", str(world.hub_b[SOURCE].translation_key)): ("Project draft_b", "Project live_a"),
        ("sector", str(sector.translation_key)): ("Project live_a", "Project live_b"),
        ("state", "published"): ("Project live_a", "Project draft_a"),
        ("language", SOURCE): ("Project live_a", None),
        ("language", TARGET): (None, "Project live_a"),
    }
    for (name, value), (shown, hidden) in cases.items():
        text = text_of(client.get("/admin/project_pages/results/", {name: value}))
        assert shown is None or shown in text, (name, value)
        assert hidden is None or hidden not in text, (name, value)


def hubs_of(page: Page) -> list[Any]:
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [link.entry_id for link in draft.hub_links.all()]


def test_several_pages_are_linked_to_a_hub_at_once(world: World, visit: Any):
    page, foreign = world.pages["draft_a"], world.pages["draft_b"]
    hub = Entry.objects.get(pk=world.hub_a[SOURCE].translation_key)
    mine = add_page(
        parent=world.project_lists[SOURCE], page=ProjectPage(title="Mine", summary="x"), author=world.users["editor_a"]
    )
    address = f"/admin/bulk/wagtailcore/page/link_to_hub/?id={mine.pk}&id={page.pk}&id={foreign.pk}"
    client = visit("editor_a")
    assert "draft_b secret" not in text_of(client.get(address))
    client.post(address, {"hub": str(hub.pk)})
    assert hubs_of(mine) == [hub.pk]
    assert hub.pk not in hubs_of(foreign)
    before = mine.revisions.count()
    client.post(address, {"hub": str(world.hub_b[SOURCE].translation_key)})
    assert mine.revisions.count() == before


@pytest.mark.parametrize("model", [Sector, Skill, OrganizationType, ProjectStatus])
@pytest.mark.parametrize(
    ("role", "is_allowed"), [("editor", True), ("operator", True), ("translator", True), ("editor_a", False)]
)
def test_vocabularies(world: World, visit: Any, model: Any, role: str, is_allowed: bool):
    term = model.objects.create(name="A term", slug="a-term", locale=world.homes[SOURCE].locale)
    name = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
    client = visit(role)
    for address in (reverse(f"{name}:list"), reverse(f"{name}:edit", args=[term.pk])):
        response = client.get(address)
        assert (response.status_code == 200 and "A term" in text_of(response)) is is_allowed, address


def test_a_term_is_translated_in_the_admin(world: World, visit: Any):
    term = Skill.objects.create(name="Carpentry", slug="carpentry", locale=world.homes[SOURCE].locale)
    address = reverse("wagtail_localize:submit_snippet_translation", args=["taxonomy", "skill", term.pk])
    target = world.homes[TARGET].locale
    visit("editor").post(address, {"locales": [target.pk]})
    assert term.get_translation(target).name == "Carpentry"
