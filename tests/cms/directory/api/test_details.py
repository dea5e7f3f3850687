"""Details of every kind, made from real pages."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as PillowImage
from wagtail.models import Locale

from cms.directory.enums import Part
from cms.directory.models import Entry
from cms.hubs.api.serializers import HubSerializer
from cms.hubs.models import Ambassador, HubFigure, LinkedHub, Supporter
from cms.media.models import Document, Image
from cms.organizations.api.serializers import OrganizationSerializer
from cms.projects.api.serializers import ProjectSerializer
from cms.projects.models import (
    GalleryPicture,
    ImpactFigure,
    ProjectHubLink,
    ProjectLink,
    ProjectOrganizationLink,
    ProjectPage,
)
from cms.stories.api.serializers import StorySerializer
from cms.stories.models import StoryEntryLink
from cms.taxonomy.models import OrganizationType, ProjectStatus, Sector, Skill
from tests.factories.pages import (
    Tree,
    build_tree,
    make_hub,
    make_organization,
    make_project,
    make_story,
    translate_page,
)
from tests.factories.places import PlaceFactory

from .conftest import UndoError
from .test_lists import assert_fits

MOST_QUERIES = 8
SERIALIZERS = {
    "hubs": HubSerializer,
    "organizations": OrganizationSerializer,
    "projects": ProjectSerializer,
    "stories": StorySerializer,
}


@dataclass
class Site:
    tree: Tree
    pages: dict[str, Any]
    image: Image
    document: Document
    others: dict[str, Any]


@pytest.fixture(scope="module")
def site(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield _build()
                raise UndoError
        except UndoError:
            pass


def _picture(title: str) -> Image:
    data = BytesIO()
    PillowImage.new("RGB", (1800, 1200), (40, 90, 60)).save(data, "JPEG")
    file = SimpleUploadedFile(f"{title}.jpg", data.getvalue(), "image/jpeg")
    return Image.objects.create(title=title, file=file, width=1800, height=1200, description=title, credit="Ada")


def _build() -> Site:
    tree = build_tree()
    image = _picture("A garden")
    document = Document.objects.create(title="Plan", file=SimpleUploadedFile("plan.pdf", b"%PDF-1.4"))
    english = Locale.objects.get(language_code="en")
    place = PlaceFactory(name="Munich", names={"de": "München"}, latitude=48.1, longitude=11.6)
    general = Sector.objects.create(name="Solar", slug="solar", locale=english)
    special = Sector.objects.create(name="Balconies", slug="balconies", locale=english, counterpart=general)
    skill = Skill.objects.create(name="Law", slug="law", locale=english)
    status = ProjectStatus.objects.create(name="Running", slug="running", phase="active", locale=english)
    club = OrganizationType.objects.create(name="Club", slug="club", locale=english)
    draft = make_project(tree, title="Secret plan", publish=False)
    friend = make_hub(tree, title="Friend")
    silent = make_hub(tree, title="Silent", publish=False)
    organization = make_organization(
        tree, title="Garden club", type=club, size="6-20", website="https://garden.example", email="we@garden.example",
        phone="+49 30 1", address="Street 1", logo=image, cover=image, place=place, body=_text("<p>We dig.</p>"),
    )  # fmt: skip
    hub = make_hub(tree, title="Munich hub", welcome="Hello", logo=image, place=place)
    _fill_hub(hub, friend, silent, image, organization, draft, place)
    below = make_hub(tree, title="Below", parent=hub)
    larger = make_project(tree, title="Larger")
    project = _project(tree, image, document, (hub, silent), (organization, draft), (larger, draft))
    project.sectors, project.skills, project.status = [special], [skill], status
    project.place, project.cover = place, image
    _publish(project)
    part = make_project(tree, title="Part", parent_project_id=project.translation_key)
    make_project(tree, title="Hidden part", parent_project_id=project.translation_key, publish=False)
    story = make_story(tree, title="News", author="Bo", date=date(2026, 3, 1), body=_text("<p>It happened.</p>"))
    story.entry_links = [
        StoryEntryLink(entry_id=one.translation_key, sort_order=order)
        for order, one in enumerate((project, organization, draft))
    ]
    _publish(story)
    pages = {"hubs": hub, "organizations": organization, "projects": project, "stories": story}
    others = {"friend": friend, "below": below, "part": part, "draft": draft, "larger": larger, "place": place}
    return Site(tree, pages, image, document, others)


def _text(html: str) -> list[tuple[str, Any]]:
    return [("text", html)]


def _publish(page: Any) -> None:
    page.save_revision().publish()
    page.refresh_from_db()


def _fill_hub(hub: Any, friend: Any, silent: Any, image: Image, *rest: Any) -> None:
    organization, draft, place = rest
    chosen = [Entry.objects.get(pk=page.translation_key) for page in (organization, draft)]
    hub.ambassadors = [Ambassador(name="Ada", role="Host", message="Hi", image=image)]
    hub.supporters = [Supporter(name="City", url="https://city.example", logo=image), Supporter(name="Bank")]
    hub.statistics = [HubFigure(value="12", unit="t", label="saved")]
    hub.linked_hubs = [LinkedHub(entry_id=one.translation_key) for one in (friend, silent)]
    hub.body = [
        ("chosen", {"title": "Look", "text": "", "chosen": chosen}),
        ("newest", {"title": "New", "text": "", "kind": "project", "order": "newest", "number": 3}),
        ("nearest", {"title": "Near", "text": "", "kind": "project", "place": place, "number": 3}),
    ]
    _publish(hub)


def _project(tree: Tree, image: Image, document: Document, hubs: Any, organizations: Any, linked: Any) -> ProjectPage:
    public, secret = linked
    project = make_project(tree, title="Heat from the yard", start_date=date(2024, 1, 2), is_open=True)
    project.hub_links = [ProjectHubLink(entry_id=hub.translation_key) for hub in hubs]
    project.organization_links = [
        ProjectOrganizationLink(entry_id=one.translation_key, part=Part.PARTNER) for one in organizations
    ]
    project.links = [ProjectLink(url=f"https://{word}.example", label=word) for word in ("plan", "b")]
    project.impact = [ImpactFigure(value=Decimal("12.5"), unit="t", label="CO₂e a year")]
    project.gallery = [GalleryPicture(image=image, caption="One"), GalleryPicture(image=image, caption="Two")]
    html = (
        f'<p onclick="x()">See <a linktype="page" id="{public.pk}">this</a>,'
        f' <a linktype="page" id="{secret.pk}">that</a>,'
        f' <a linktype="page" id="999999">gone</a>, <a linktype="document" id="{document.pk}">plan</a>,'
        ' <a href="https://else.example">else</a>, <a href="javascript:alert(1)">bad</a>.</p>'
        '<script>alert(1)</script><h3>More</h3><embed embedtype="media" url="x"/><img src=x onerror=alert(1)>'
    )
    project.body = [
        ("text", html),
        ("picture", {"image": image, "caption": "Dug"}),
        ("gallery", {"pictures": [{"image": image, "caption": "1"}, {"image": image, "caption": "2"}]}),
        ("quote", {"text": "We dug.", "person": "Ada", "role": ""}),
        ("fact", {"value": "83", "unit": "%", "label": "heat"}),
        ("accordion", {"items": [{"title": "Who?", "text": f'<p><a linktype="page" id="{public.pk}">all</a></p>'}]}),
        ("call", {"title": "Come", "text": "", "label": "Yes", "page": public, "address": ""}),
        ("video", {"address": "https://vimeo.com/76979871", "title": "Film", "poster": None}),
    ]
    return project


def _get(client: Client, path: str, page: Any, **query: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}/{page.translation_key}/", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("path", SERIALIZERS)
def test_detail_has_the_documented_shape_and_the_rows_values(site: Site, client: Client, db: None, path: str) -> None:
    detail = _get(client, path, site.pages[path])
    assert_fits(detail, SERIALIZERS[path]())
    rows = {row["id"]: row for row in client.get(f"/api/v1/{path}/", {"page_size": 100}).json()["results"]}
    row = rows[detail["id"]]
    assert {name: detail[name] for name in row} == row


@pytest.mark.parametrize("path", SERIALIZERS)
def test_query_count(site: Site, client: Client, db: None, path: str) -> None:
    _get(client, path, site.pages[path])
    with CaptureQueriesContext(connection) as queries:
        _get(client, path, site.pages[path])
    assert len(queries) <= MOST_QUERIES, [query["sql"][:120] for query in queries]


def test_project(site: Site, client: Client, db: None) -> None:
    project = _get(client, "projects", site.pages["projects"])
    assert project["links"] == [
        {"url": "https://plan.example", "label": "plan"},
        {"url": "https://b.example", "label": "b"},
    ]
    assert project["impact"] == [{"value": 12.5, "unit": "t", "label": "CO₂e a year"}]
    assert [picture["caption"] for picture in project["gallery"]] == ["One", "Two"]
    assert project["gallery"][0]["image"]["url"].startswith("http://testserver/media/")
    assert (project["gallery"][0]["image"]["width"], project["gallery"][0]["image"]["credit"]) == (1600, "Ada")
    assert [part["title"] for part in project["parts"]] == ["Part"]
    assert [hub["title"] for hub in project["hubs"]] == ["Munich hub"]
    assert [(one["title"], one["part"]) for one in project["organizations"]] == [("Garden club", "partner")]
    assert [sector["slug"] for sector in project["sectors"]] == ["solar"]
    assert project["status"]["phase"] == "active"
    assert _get(client, "projects", site.others["part"])["parent"]["title"] == "Heat from the yard"


def test_body_is_safe_and_leads_where_readers_go(site: Site, client: Client, db: None) -> None:
    body = _get(client, "projects", site.pages["projects"])["body"]
    assert [block["type"] for block in body] == [
        "text", "picture", "gallery", "quote", "fact", "accordion", "call", "video",
    ]  # fmt: skip
    html = body[0]["value"]
    assert '<a href="http://testserver/en/projects/larger/">this</a>' in html
    assert "that" in html
    assert "gone" in html
    assert html.count("<a ") == 3
    assert f'<a href="http://testserver/documents/{site.document.pk}/' in html
    assert '<a href="https://else.example">else</a>' in html
    for bad in ("script", "alert", "onclick", "onerror", "embed", "linktype", "<img", "secret"):
        assert bad not in html.lower()
    assert body[1]["value"]["image"]["alt"] == "A garden"
    assert body[2]["value"]["pictures"][1]["caption"] == "2"
    assert "http://testserver/en/projects/larger/" in body[5]["value"]["items"][0]["text"]
    assert body[6]["value"]["page"] == "http://testserver/en/projects/larger/"
    assert body[7]["value"]["poster"] is None


def test_links_in_the_text_stay_in_the_readers_language(site: Site, client: Client, db: None) -> None:
    translate_page(site.others["larger"], site.tree, "de", title="Größeres")
    html = _get(client, "projects", site.pages["projects"], lang="de")["body"][0]["value"]
    assert "http://testserver/de/projects/" in html


def test_hub(site: Site, client: Client, db: None) -> None:
    hub = _get(client, "hubs", site.pages["hubs"])
    assert hub["type"] == {"id": None, "slug": "location", "name": "A place"}
    assert hub["ambassadors"][0]["name"] == "Ada"
    assert hub["ambassadors"][0]["image"]["width"] == 1600
    assert [(one["name"], bool(one["logo"])) for one in hub["supporters"]] == [("City", True), ("Bank", False)]
    assert hub["statistics"] == [{"value": "12", "unit": "t", "label": "saved"}]
    assert [one["title"] for one in hub["linked_hubs"]] == ["Friend"]
    assert [one["title"] for one in hub["sub_hubs"]] == ["Below"]
    assert hub["theme"]["day"]["accent"] == "#17704a"
    assert client.get(hub["theme"]["stylesheet"]).status_code == 200
    assert [entry and entry["title"] for entry in hub["body"][0]["value"]["chosen"]] == ["Garden club", None]
    assert hub["body"][1]["value"]["number"] == 3
    assert hub["body"][-1]["value"]["place"] == str(site.others["place"].pk)
    assert _get(client, "hubs", site.others["below"])["parent"]["title"] == "Munich hub"


def test_organization(site: Site, client: Client, db: None) -> None:
    organization = _get(client, "organizations", site.pages["organizations"])
    assert organization["size"] == "6-20"
    assert (organization["email"], organization["phone"]) == ("we@garden.example", "+49 30 1")
    assert organization["type"]["slug"] == "club"
    assert organization["logo"]["width"] == 1600
    assert organization["body"] == [{"type": "text", "value": "<p>We dig.</p>"}]


def test_story(site: Site, client: Client, db: None) -> None:
    story = _get(client, "stories", site.pages["stories"])
    assert (story["date"], story["author"]) == ("2026-03-01", "Bo")
    assert [one["title"] for one in story["tells_of"]] == ["Heat from the yard", "Garden club"]


def test_language(site: Site, client: Client, db: None) -> None:
    page = site.others["larger"]
    fallback = _get(client, "projects", page, lang="de")
    assert (fallback["language"], fallback["is_translation"], fallback["languages"]) == ("en", False, ["en"])
    assert fallback["url"] == "http://testserver/de/projects/larger/"
    translate_page(page, site.tree, "de", title="Größeres")
    german = _get(client, "projects", page, lang="de")
    assert (german["title"], german["language"], german["is_translation"]) == ("Größeres", "de", True)
    assert german["languages"] == ["de", "en"]
    assert _get(client, "projects", page)["title"] == "Larger"


def test_place_has_the_readers_name(site: Site, client: Client, db: None) -> None:
    assert _get(client, "projects", site.pages["projects"], lang="de")["place"]["name"] == "München"


def test_a_draft_translation_is_not_shown(site: Site, client: Client, db: None) -> None:
    translate_page(site.others["larger"], site.tree, "de", title="Geheim", publish=False)
    german = _get(client, "projects", site.others["larger"], lang="de")
    assert (german["title"], german["languages"]) == ("Larger", ["en"])


def test_a_newer_draft_is_not_shown(site: Site, client: Client, db: None) -> None:
    page = ProjectPage.objects.get(pk=site.others["larger"].pk)
    page.title, page.summary = "Secret title", "Secret summary"
    page.body = _text("<p>Secret text</p>")
    page.save_revision()
    answer = client.get(f"/api/v1/projects/{page.translation_key}/")
    assert b"Secret" not in answer.content


@pytest.mark.parametrize("fate", ["draft", "unpublished", "deleted", "of another kind"])
def test_what_is_not_public_is_not_found(site: Site, client: Client, db: None, fate: str) -> None:
    page = site.others["draft"] if fate == "draft" else ProjectPage.objects.get(pk=site.others["larger"].pk)
    path = "stories" if fate == "of another kind" else "projects"
    if fate == "unpublished":
        page.unpublish()
    elif fate == "deleted":
        page.delete()
    answer = client.get(f"/api/v1/{path}/{page.translation_key}/")
    unknown = client.get(f"/api/v1/{path}/{uuid.uuid4()}/")
    assert (answer.status_code, answer.content) == (404, unknown.content)
    listed = client.get(f"/api/v1/{path}/", {"page_size": 100}).json()["results"]
    assert str(page.translation_key) not in {row["id"] for row in listed}
