"""List pages: one address for everything that can be asked, the facets beside it, what helps when nothing is found."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cms.directory.models import Entry
from tests.factories.directory import make_entry, save_entries
from tests.factories.places import PlaceFactory
from tests.markup import read_page
from tests.pages import add_projects
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def address(net: Any, query: str = "", language: str = SOURCE, kind: str = "project") -> str:
    path = getattr(net.world, f"{kind}_lists")[language].get_url()
    return f"{path}?{query}" if query else path


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("page=1", ""),
        ("q=&place=&radius=20&near=", ""),
        ("utm_source=x", ""),
        ("sort=relevance", ""),
        ("radius=50", ""),
        ("q=+Roof++number+", "q=Roof+number"),
        ("status=looking&sector=buildings", "sector=buildings&status=looking"),
        ("sector=buildings&sector=buildings", "sector=buildings"),
        ("open=true&open=true", "open=true"),
        ("language=en&language=de", "language=de,en"),
        ("near=51.96123,7.62999&radius=10", "near=51.96,7.63&radius=10"),
        ("near=51.96,7.63&sort=nearest", "near=51.96,7.63"),
        ("near=51.96,7.63&place=Munster&radius=20", "place=Munster"),
        ("bbox=7.51234,51.91234,7.612,52.0", "bbox=7.512,51.912,7.612,52"),
        ("bbox=7.5,51.9,7.8,52&near=51.96,7.63", "near=51.96,7.63"),
        ("sort=ending&page=01", "sort=ending"),
    ],
)
def test_every_spelling_leads_to_one_address_for_good(client, network, query, canonical):
    answer = client.get(address(network, query))
    assert (answer.status_code, answer.headers["Location"]) == (301, address(network, canonical))
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["sector=nothing", "sort=nearest", "sort=random", "hub=nobody", "language=xx", "near=abc", "near=95,1",
     "open=maybe", "near=nan,nan", "bbox=7,53,8,52", "bbox=1,2,3", "bbox=nan,1,2,3", "skill=%27%22",
     "status=" + "x" * 3000,
     "type=co-op&sector=nothing"],
)  # fmt: skip
def test_what_means_nothing_is_left_out_but_not_for_good(client, network, query):
    answer = client.get(address(network, query))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(network))


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=999", "page=٣", "page=" + "9" * 400, "page=-1", "page=1.0"]
)
def test_pages_that_there_are_not(client, network, query):
    assert client.get(address(network, query)).status_code == 404


ODD = [
    "x" * 10_000,
    "🦜",
    "\u202eabc",
    "%",
    "_",
    "' OR 1=1 --",
    "the",
    "a b c d e f g h i j k l",
    "ä,ö",
    "\t\n",
    "<b>",
    ",",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("name", ["q", "place"])
def test_odd_words_are_answered(client, network, name, text):
    answer = client.get(address(network, f"{name}={quote(text)}"), follow=True)
    assert answer.status_code == 200
    assert len(answer.redirect_chain) <= 1
    read_page(answer.content.decode())


def test_a_hub_is_named_by_its_slug_in_the_readers_language(client, network):
    hub = network.hub
    for language in (SOURCE, TARGET):
        html = client.get(address(network, f"hub={hub.translation_key}", language), follow=True)
        assert html.redirect_chain[0][1] == 301
        chips = read_page(html.content.decode()).with_class("chip")
        assert chips[0]["href"] == address(network, "", language)


def test_facets_carry_their_numbers_and_what_is_chosen(client, network):
    add_projects(network, 2, is_open=True)
    page = read_page(client.get(address(network, "open=true&sector=buildings")).content.decode())
    boxes = {
        (box["name"], box["value"]): "checked" in box for box in page.all("input") if box.get("type") == "checkbox"
    }
    assert boxes["open", "true"]
    assert boxes["sector", "buildings"]
    assert not boxes["status", "looking"]
    assert "3 of 4" in page.text
    assert len(page.with_class("entry")) == 3


def test_one_subject_is_for_search_engines_and_more_is_not(client, network):
    for query, is_hidden in (
        ("", False), ("sector=buildings", False), ("open=true&sector=buildings", True), ("q=roof", True),
        ("near=51.96,7.63", True), ("sort=newest", True),
        ("bbox=7.5,51.9,7.8,52", True),
    ):  # fmt: skip
        html = client.get(address(network, query)).content.decode()
        assert ('<meta name="robots" content="noindex, follow">' in html) == is_hidden, query
        expected = f"http://testserver{address(network, query)}".replace("&", "&amp;")
        assert f'<link rel="canonical" href="{expected}">' in html


def test_the_language_switch_keeps_what_was_asked_for(client, network):
    html = client.get(address(network, "open=true&sector=buildings")).content.decode()
    assert f'href="{address(network, "open=true&amp;sector=buildings", TARGET)}"' in html


def test_nothing_found_says_what_to_give_up(client, network):
    answer = client.get(address(network, "q=electric+unicorn&sector=buildings"))
    page = read_page(answer.content.decode())
    assert "Nothing matches all of this" in page.text
    links = [link["href"] for link in page.with_class("chip") if "is-active" not in link["class"]]
    assert links == ["?sector=buildings"]
    assert not page.with_class("entry")


def test_a_place_that_several_share_is_asked_about(client, network):
    PlaceFactory(name="Lindenau", latitude=51.3, longitude=12.3, population=20_000)
    PlaceFactory(name="Lindenau", country="PL", latitude=50.3, longitude=16.3, population=19_000)
    html = client.get(address(network, "place=Lindenau&radius=50")).content.decode()
    page = read_page(html)
    assert "Which “Lindenau” do you mean?" in page.text
    links = [link["href"] for link in page.all("a") if (link.get("href") or "").startswith("?place=")]
    links = [link for link in links if "Lindenau" not in link]
    assert len(links) == 2
    chosen = client.get(address(network, links[0][1:]))
    assert chosen.status_code == 200
    assert "Lindenau, 50 km" in read_page(chosen.content.decode()).text
    assert "We know no place called" in client.get(address(network, "place=Nirgendwo")).content.decode()


def test_the_nearest_come_first_with_their_distance(client, network):
    latitude, longitude = network.place.latitude, network.place.longitude
    save_entries([make_entry(latitude=latitude + km / 111.2, longitude=longitude) for km in (15, 3, 40)])
    page = read_page(client.get(address(network, "place=Munster")).content.decode())
    assert [text for text in page.text if text in {"3.0 km", "15 km", "40 km"}] == ["3.0 km", "15 km"]


def test_a_part_of_the_map_narrows_the_list_and_can_be_given_up(client, network):
    save_entries([make_entry(latitude=10.0, longitude=longitude) for longitude in (179.9, -179.9, 0.0)])
    html = client.get(address(network, "bbox=179.5,9.5,-179.5,10.5")).content.decode()
    page = read_page(html)
    assert len(page.with_class("entry")) == 2
    (chip,) = [link for link in page.with_class("chip") if "is-active" in link["class"]]
    assert chip["href"] == address(network)
    hidden = [box for box in page.all("input") if box.get("name") == "bbox"]
    assert [box["value"] for box in hidden] == ["179.5,9.5,-179.5,10.5"]


def test_the_map_is_told_what_the_list_was_asked(client, network):
    url = address(network, "open=true&place=Munster&q=roof&sector=buildings")
    (element,) = read_page(client.get(url).content.decode()).all("entry-map")
    asked = QueryDict(element["data-query"])
    latitude, longitude = network.place.latitude, network.place.longitude
    assert asked.dict() == {
        "lang": SOURCE, "near": f"{latitude:.6f},{longitude:.6f}", "open": "true", "q": "roof", "radius": "20",
        "sector": "buildings",
    }  # fmt: skip
    assert client.get(element["data-clusters"], asked.dict() | {"zoom": "3"}).status_code == 200
    assert client.get(element["data-ground"], {"bbox": element["data-view"], "zoom": "9"}).status_code == 200
    assert not element["data-tiles"]


def test_anonymous_readers_get_the_same_bytes_and_no_cookie(client, network):
    url = address(network, "place=Munster&sector=buildings")
    first, second = client.get(url), client.get(url)
    assert first.content == second.content
    assert not first.cookies
    assert "csrf" not in first.content.decode()


FULL = "hub={hub}&language=en&open=true&place=Munster&q=roof&sector=buildings"


@pytest.mark.parametrize("query", ["", FULL, "q=unicorn&sector=buildings"])
def test_a_list_costs_the_same_at_50_and_5000_rows(client, network, query):
    add_projects(network, 1, is_open=True, place=network.place)
    slug = network.hub.slug
    url = address(network, query.format(hub=slug))
    assert client.get(url).status_code == 200, client.get(url).headers
    save_entries([make_entry() for _ in range(50)])
    few = queries_of(client, url)
    save_entries([make_entry() for _ in range(4950)])
    assert Entry.objects.count() > 5000
    assert queries_of(client, url) == few <= MOST_QUERIES


def queries_of(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)
