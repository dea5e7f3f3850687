"""What is not public is nowhere: at no address, in no list, site map or API, on no other page; for no outsider.

Every hidden page of the world has the word "secret" in its title, so whatever answers can be searched for it.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.directory.authoring import add_page
from cms.directory.enums import State
from cms.directory.models import Entry
from cms.hubs.models import HubPage
from cms.pages.models import ContentPage
from cms.projects.models import ProjectHubLink, ProjectOrganizationLink, ProjectPage
from cms.sharing.codes import short_code
from cms.sharing.pictures import page_poster, poster_hash
from tests.config.test_urls_sweep import client_of
from tests.config.things import Things, build_things
from tests.factories.media import DocumentFactory
from tests.worlds import translate

pytestmark = pytest.mark.django_db
# Hub editors of A are outsiders for what belongs to B.
OUTSIDERS = ("anonymous", "outsider")
LISTS = ("hubs", "organizations", "projects", "stories", "places", "sectors", "skills")


class UndoError(Exception):
    """Rolls the world back when the module is done."""


@pytest.fixture(scope="module")
def hidden(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[Things, dict[str, Page]]]:
    """Return the world and its hidden pages by what hides them, each linked from public ones."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                things = build_things()
                pages = _hide(things)
                _link_to(things, pages)
                yield things, pages
                raise UndoError
        except UndoError:
            pass


def _hide(things: Things) -> dict[str, Page]:
    world = things.world
    projects, hubs = world.project_lists["en"], world.hub_lists["en"]
    hub_b = world.hub_b["en"].translation_key
    pages = {
        "draft": world.pages["draft_b"],
        "in review": things.pages["in_review"],
        "scheduled": things.pages["scheduled"],
        "draft story": world.pages["story_b"],
        "draft below a hub": world.pages["content_b"],
        "draft hub": add_page(parent=hubs, page=HubPage(title="Hub secret", summary="Soon.")),
    }
    for name in ("archived", "expired"):
        page = ProjectPage(title=f"{name} secret", summary="Over.", hub_links=[ProjectHubLink(entry_id=hub_b)])
        pages[name] = add_page(parent=projects, page=page, publish=True)
        translate(pages[name], title=f"{name} secret (de)")
    for page in Page.objects.filter(translation_key=pages["archived"].translation_key):
        page.specific.unpublish()
    for page in Page.objects.filter(translation_key=pages["expired"].translation_key):
        page = page.specific  # noqa: PLW2901 (the same page, as what it is)
        page.expire_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
    later = timezone.now() + timedelta(hours=2)
    with mock.patch("django.utils.timezone.now", return_value=later):
        call_command("publish_scheduled")
    translated = translate(world.pages["organization_a"], title="Translation secret", publish=False)
    return pages | {"draft translation": translated}


def _link_to(things: Things, pages: dict[str, Page]) -> None:
    """Let public pages point to the hidden ones in every way there is."""
    entries = [str(page.translation_key) for name, page in pages.items() if name != "draft below a hub"]

    bands = [
        ("chosen", {"title": "Chosen", "text": "", "chosen": entries}),
        ("newest", {"title": "New", "text": "", "kind": "project", "order": "newest", "number": 24}),
        ("nearest", {"title": "Near", "text": "", "kind": "project", "place": things.work["place"], "number": 24}),
    ]
    body = [{"type": kind, "value": _stored(value), "id": f"1000000{n}"} for n, (kind, value) in enumerate(bands)]
    page = ContentPage(title="All about it", body=json.dumps(body))
    things.pages["bands"] = add_page(parent=things.world.homes["en"], page=page, publish=True)
    hub = HubPage.objects.get(pk=things.world.hub_b["en"].pk)
    hub.body = json.dumps(body)
    hub.linked_hubs.create(entry_id=pages["draft hub"].translation_key)
    hub.save_revision().publish()
    project = ProjectPage(title="Child of the hidden", summary="Public.")
    project.hub_links = [ProjectHubLink(entry_id=pages["draft hub"].translation_key)]
    lead = things.world.pages["organization_b"].translation_key
    project.organization_links = [ProjectOrganizationLink(entry_id=lead)]
    project.parent_project_id = pages["draft"].translation_key
    things.pages["child"] = add_page(parent=things.world.project_lists["en"], page=project, publish=True)


def _stored(value: dict[str, Any]) -> dict[str, Any]:
    keys = {"chosen", "place"}
    plain = {name: part for name, part in value.items() if name not in keys}
    if "chosen" in value:
        plain["chosen"] = [{"type": "item", "value": key, "id": key} for key in value["chosen"]]
    if "place" in value:
        plain["place"] = str(value["place"].pk)
    return plain


def test_the_world_holds_every_state(hidden: tuple[Things, dict[str, Page]]) -> None:
    things, pages = hidden
    states = {
        name: Entry.objects.get(pk=pages[name].translation_key).state for name in ("draft", "in review", "expired")
    }
    assert states == {"draft": State.DRAFT, "in review": State.IN_REVIEW, "expired": State.ARCHIVED}
    assert not Page.objects.live().filter(title__contains="secret").exists()
    assert Page.objects.get(pk=things.pages["child"].pk).live


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_address_leads_there(hidden: tuple[Things, dict[str, Page]], role: str) -> None:
    things, pages = hidden
    client = client_of(things, role)
    for name, page in pages.items():
        address = Page.objects.get(pk=page.pk).get_url()
        for language in ("en", "de"):
            answer = client.get(f"/{language}/{address.split('/', 2)[2]}")
            if name == "draft translation" and answer.status_code == 200:
                # The public text in the other language is shown in its place.
                assert b"secret" not in answer.content
                continue
            assert answer.status_code == 404, (name, language)
            # The address itself stands in the page's links to its other languages.
            assert b"secret" not in answer.content.replace(address.split("/", 2)[2].encode(), b"")


def test_a_hub_editor_finds_no_more_of_another_hub_than_a_visitor(hidden: tuple[Things, dict[str, Page]]) -> None:
    things, pages = hidden
    client = client_of(things, "editor_a")
    for name in ("draft", "draft story", "draft below a hub", "expired", "draft hub"):
        page = Page.objects.get(pk=pages[name].pk)
        addresses = [page.get_url(), f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/view_draft/"]
        addresses += [f"/api/cms/v3/pages/{page.pk}/", f"/api/cms/v3/pages/{page.pk}/revisions/"]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in {302, 403, 404}, (name, address)
            assert "secret" not in answer.content.decode().replace(page.slug, ""), (name, address)


def _public_addresses(things: Things) -> list[str]:
    pages = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]
    others = [address.replace("/en/", "/de/", 1) for address in pages if address.startswith("/en/")]
    lists = [f"/en/projects/?page={number}" for number in (1, 2)]
    api = [f"/api/v1/{name}/?page_size=100" for name in LISTS]
    api += [
        f"/api/v1/projects/?hub={things.world.hub_b['en'].translation_key}",
        "/api/v1/projects/?near=52.5,13.4&radius=500",
    ]
    details = [f"/api/v1/{entry.kind}s/{entry.pk}/".replace("storys", "stories") for entry in Entry.objects.published()]
    content = ["/api/cms/v3/pages/?limit=100", "/api/cms/v3/pages/?limit=100&offset=20", "/api/cms/v3/openapi.json"]
    content += [
        f"/api/cms/v3/pages/{pk}/" for pk in Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True)
    ]
    maps = ["/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml", "/themes/hub/all.css", "/robots.txt"]
    return [*pages, *others, *lists, *api, *details, *content, *maps, *_shared_addresses(things)]


def _shared_addresses(things: Things) -> list[str]:
    """What is made to be read elsewhere: feeds, widgets, what other sites are told."""
    hub, organization = (things.world.hub_b["en"], things.world.pages["organization_b"])
    scopes = ["", f"hub/{hub.translation_key}/", f"organization/{organization.translation_key}/"]
    feeds = [
        f"/{code}/feeds/{scope}{form}"
        for code in ("en", "de")
        for scope in scopes
        for form in ("atom.xml", "feed.json")
    ]
    widgets = [f"/embed/en/list/?kind={kind}" for kind in ("project", "story", "organization", "hub")]
    widgets += [f"/embed/{code}/list/?hub={hub.translation_key}" for code in ("en", "de")]
    entries = list(Entry.objects.published())
    cards = [f"/embed/{code}/{entry.pk}/" for code in ("en", "de") for entry in entries]
    told = [f"/oembed/?url=http://testserver{path}" for entry in entries for path in entry.paths.values()]
    assert all(Client().get(address).status_code == 200 for address in [*feeds, *widgets, *cards, *told])
    return [*feeds, *widgets, *cards, *told]


def test_nothing_of_it_can_be_shared(hidden: tuple[Things, dict[str, Page]]) -> None:
    _things, pages = hidden
    for name, page in pages.items():
        key = page.translation_key
        if name == "draft translation":
            continue
        path = Page.objects.get(pk=page.pk).get_url()
        addresses = [f"/s/{short_code(key)}", f"/s/{short_code(key)}/qr.svg", f"/embed/en/{key}/"]
        addresses += [f"/oembed/?url=http://testserver{path}", f"/embed/en/list/?hub={key}"]
        addresses += [f"/en/feeds/{kind}/{key}/atom.xml" for kind in ("hub", "organization")]
        addresses += [f"/og/en/{key}/{poster_hash(page_poster(page, {'name': 'Groundswell', 'theme': 'meadow'}))}.png"]
        for address in addresses:
            answer = Client().get(address)
            assert answer.status_code == 404, (name, address)
            assert b"secret" not in answer.content.replace(path.split("/", 2)[2].encode(), b"")


@pytest.mark.parametrize("role", OUTSIDERS)
def test_nothing_public_speaks_of_it(hidden: tuple[Things, dict[str, Page]], role: str) -> None:
    things, pages = hidden
    client = client_of(things, role)
    # An API token stands for the person; public addresses answer a visitor as well.
    keys = {str(page.translation_key) for name, page in pages.items() if name != "draft translation"}
    addresses = _public_addresses(things)
    assert len(addresses) > 60
    for address in addresses:
        text = client.get(address).content.decode()
        assert "secret" not in text, address
        assert not [key for key in keys if key in text and "/api/v1/" not in address], address


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_api_tells_it_from_what_does_not_exist(hidden: tuple[Things, dict[str, Page]], role: str) -> None:
    things, pages = hidden
    client = client_of(things, role)
    missing = "00000000-0000-4000-8000-000000000000"
    for name, page in pages.items():
        for kind in ("hubs", "organizations", "projects", "stories"):
            if name == "draft translation":
                continue
            answer, other = (client.get(f"/api/v1/{kind}/{key}/") for key in (page.translation_key, missing))
            assert (answer.status_code, answer.content) == (404, other.content), name
        for door in ("", "?version=draft", "revisions/", f"revisions/{page.latest_revision_id or 1}/"):
            answer = client.get(f"/api/cms/v3/pages/{page.pk}/{door}")
            assert answer.status_code in {401, 403, 404}, (name, door)
            assert b"secret" not in answer.content
        for parameter in ("parent", "hub", "organization"):
            answer = client.get(f"/api/v1/projects/?{parameter}={page.translation_key}")
            assert b"secret" not in answer.content


def test_a_draft_hub_has_a_theme_only_for_its_editors(hidden: tuple[Things, dict[str, Page]]) -> None:
    things, pages = hidden
    address = f"/themes/hub/{pages['draft hub'].translation_key}.css"
    assert [client_of(things, role).get(address).status_code for role in (*OUTSIDERS, "editor_a")] == [404] * 3
    shown = client_of(things, "editor").get(address)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    public = Client().get(f"/themes/hub/{things.world.hub_a['en'].translation_key}.css")
    assert (public.status_code, "public" in public.headers["Cache-Control"]) == (200, True)
    assert "cookie" not in public.headers.get("Vary", "").lower()


def test_documents_of_a_closed_collection_ask_for_a_sign_in(hidden: tuple[Things, dict[str, Page]]) -> None:
    things, _pages = hidden
    closed = things.files["private_document"]
    assert Client().get(closed.url).status_code == 302
    assert Client().get(f"/media/{closed.file.name}").status_code == 404
    assert client_of(things, "outsider").get(closed.url).status_code == 200
    listed = Client().get("/api/cms/v3/documents/?limit=100")
    assert f'"id":{closed.pk},' not in listed.content.decode().replace(" ", "")
    assert Client().get(f"/api/cms/v3/documents/{closed.pk}/").status_code in {401, 403, 404}
    assert Client().get(DocumentFactory().url).status_code == 200


def test_a_page_with_a_password_opens_with_it_only(hidden: tuple[Things, dict[str, Page]]) -> None:
    things, _pages = hidden
    page, restriction = things.pages["private"], things.work["restriction"]
    client = Client()
    door = client.get(page.get_url())
    assert (door.status_code, b'type="password"' in door.content) == (200, True)
    address = f"/en/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    assert b'type="password"' in client.post(address, {"password": "foe", "return_url": page.get_url()}).content
    opened = client.post(address, {"password": "friend", "return_url": page.get_url()})
    assert (opened.status_code, opened.headers["Location"]) == (302, page.get_url())
    assert b'type="password"' not in client.get(page.get_url()).content
