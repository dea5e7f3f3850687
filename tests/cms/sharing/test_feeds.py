import json
import uuid
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cms.directory.models import Entry, EntryText
from cms.sharing.feed_formats import as_atom, clean
from cms.sharing.feeds import Feed, FeedItem
from tests.factories.directory import NOON, make_entry, save_entries
from tests.pages import add_projects
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
QUERY_BUDGET = 5


def atom(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def addresses(network, form="atom.xml", language=SOURCE):
    root = f"/{language}/feeds"
    return {
        "site": f"{root}/{form}",
        "hub": f"{root}/hub/{network.hub.translation_key}/{form}",
        "organization": f"{root}/organization/{network.organization.translation_key}/{form}",
        "sector": f"{root}/sector/{network.sector.translation_key}/{form}",
    }


def check_valid(feed, address):
    """What RFC 4287 asks of a feed and its entries."""
    for element in [feed, *feed.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, (address, name)
        uuid.UUID(element.findtext(f"{ATOM}id").removeprefix("urn:uuid:"))
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    own = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert [link.get("href") for link in own] == [f"http://testserver{address}"]
    for entry in feed.findall(f"{ATOM}entry"):
        relations = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
        assert relations == ["alternate", "enclosure"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scope", ["site", "hub", "organization", "sector"])
def test_every_feed_is_valid_and_says_the_same_in_both_forms(client, network, scope):
    address = addresses(network)[scope]
    feed = atom(client, address)
    check_valid(feed, address)
    answer = client.get(addresses(network, "feed.json")[scope])
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    document = json.loads(answer.content)
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"] == feed.findtext(f"{ATOM}title")
    entries = feed.findall(f"{ATOM}entry")
    assert [item["id"] for item in document["items"]] == [entry.findtext(f"{ATOM}id") for entry in entries]
    assert all(item["content_text"] and item["url"] for item in document["items"])
    assert network.project.translation_key.urn in [item["id"] for item in document["items"]]


def test_an_item_has_author_subjects_and_a_picture_that_exists(client, network):
    items = json.loads(client.get("/en/feeds/feed.json").content)["items"]
    found = {item["id"]: item for item in items}
    project = found[network.project.translation_key.urn]
    assert [author["name"] for author in project["authors"]] == ["Lindenhof Housing Co-op"]
    assert project["tags"] == ["Buildings"]
    assert client.get(project["url"]).status_code == 200
    bare = next(item for item in items if item["title"] == "The larger plan")
    assert client.get(bare["image"]).headers["Content-Type"] == "image/png"


def test_a_hub_shows_what_is_linked_to_it_and_nothing_else(client, network):
    other = Entry.objects.filter(kind="hub").exclude(pk__in=[network.hub.translation_key])
    assert other.exists()
    items = json.loads(client.get(addresses(network, "feed.json")["hub"]).content)["items"]
    linked = set(Entry.objects.in_hub(network.hub.translation_key).values_list("pk", flat=True))
    assert {uuid.UUID(item["id"].removeprefix("urn:uuid:")) for item in items} == linked


def test_newest_first_and_no_more_than_thirty(client, network):
    add_projects(network, 35)
    items = json.loads(client.get("/en/feeds/feed.json").content)["items"]
    dates = [item["date_published"] for item in items]
    assert len(items) == 30
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("scope", ["site", "hub", "organization", "sector"])
def test_a_feed_costs_the_same_whatever_it_holds(client, network, scope):
    address = addresses(network)[scope]
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    add_projects(network, 25)
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many) <= QUERY_BUDGET


def test_an_item_without_a_translation_says_in_which_language_it_is(client, network):
    project = add_projects(network, 1)[0]
    items = json.loads(client.get("/de/feeds/feed.json").content)["items"]
    item = next(item for item in items if item["id"] == project.translation_key.urn)
    assert item["language"] == SOURCE
    assert item["url"].startswith("http://testserver/de/")
    feed = atom(client, "/de/feeds/atom.xml")
    marked = [
        entry for entry in feed.findall(f"{ATOM}entry") if entry.get("{http://www.w3.org/XML/1998/namespace}lang")
    ]
    assert [entry.findtext(f"{ATOM}id") for entry in marked] == [project.translation_key.urn]


def test_slugs_lead_to_the_address_that_stays(client, network):
    for scope, slug in (
        ("hub", network.hub.slug),
        ("organization", network.organization.slug),
        ("sector", "buildings"),
    ):
        answer = client.get(f"/en/feeds/{scope}/{slug}/atom.xml")
        assert (answer.status_code, answer.headers["Location"]) == (302, addresses(network)[scope])
    upper = str(network.hub.translation_key).upper()
    assert client.get(f"/en/feeds/hub/{upper}/atom.xml").status_code == 302


def test_what_is_not_there_has_no_feed(client, network):
    save_entries([make_entry("hub", id=(hidden := uuid.uuid4()), state="draft")])
    twice = [make_entry("hub"), make_entry("hub")]
    for _entry, texts in twice:
        texts[0].slug = "twice"
    save_entries(twice)
    assert EntryText.objects.filter(slug="twice").count() == 2
    for rest in (
        f"hub/{hidden}", f"hub/{uuid.uuid4()}", "hub/nothing", "hub/twice", "sector/nothing", f"sector/{uuid.uuid4()}",
        f"project/{network.project.translation_key}", f"hub/{network.organization.translation_key}",
    ):  # fmt: skip
        for form in ("atom.xml", "feed.json"):
            assert client.get(f"/en/feeds/{rest}/{form}").status_code == 404, rest


def test_a_proxy_can_keep_it(client, network):
    first = client.get("/en/feeds/atom.xml")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    assert "Cookie" not in first.headers.get("Vary", "")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get("/en/feeds/atom.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get("/en/feeds/atom.xml", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    add_projects(network, 1)
    fresh = client.get("/en/feeds/atom.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert fresh.status_code == 200
    assert client.post("/en/feeds/atom.xml").status_code == 405


def test_the_id_stays_when_the_hub_moves(client, network):
    before = atom(client, addresses(network)["hub"]).findtext(f"{ATOM}id")
    network.hub.slug, network.hub.title = "elsewhere", "Elsewhere"
    network.hub.save_revision().publish()
    after = atom(client, addresses(network)["hub"])
    assert after.findtext(f"{ATOM}id") == before
    assert after.findtext(f"{ATOM}title").startswith("Elsewhere")
    assert atom(client, addresses(network, language=TARGET)["hub"]).findtext(f"{ATOM}id") != before


@given(st.text())
def test_any_text_makes_valid_xml(text):
    item = FeedItem("urn:x", "http://x/", text, text, "en", NOON, NOON, [{"name": text, "url": "http://x/"}],
                    [{"term": "x", "label": text}], "http://x/x.png", "image/png")  # fmt: skip
    feed = Feed("urn:x", text, text, "en", "http://x/", "x", [item])
    written = ElementTree.fromstring(as_atom(feed, own_url="http://x/", other_urls={}))  # noqa: S314 - our own
    title = written.findtext(f"{ATOM}entry/{ATOM}title") or ""
    assert title == clean(text).replace("\r\n", "\n").replace("\r", "\n")


def test_pages_name_their_feeds(client, network):
    def named(url):
        html = client.get(url).content.decode()
        return [part.split('href="')[1].split('"')[0] for part in html.split("<link ") if "+xml" in part.split(">")[0]]

    urls = network.urls(network.hub)
    assert addresses(network)["hub"] in named(urls[SOURCE])
    assert addresses(network, language=TARGET)["hub"] in named(urls[TARGET])
    assert addresses(network)["site"] in named("/en/")
    listed = network.world.project_lists[SOURCE].get_url()
    assert addresses(network)["sector"] in named(f"{listed}?sector=buildings")
    assert reverse("site-feed-json") in client.get("/en/nothing/").content.decode()
