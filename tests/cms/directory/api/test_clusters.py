"""What one view of the map shows: every entry of the box once, alone or in a cluster, in few queries."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cms.core.api.kept import answers
from cms.core.models import SiteChange
from cms.core.page_cache.version import forget_version
from cms.directory.api.serializers import MarkerSerializer
from cms.directory.enums import Kind, State
from cms.directory.models import Entry
from cms.places.mercator import latitude_at, longitude_at, map_x, map_y
from tests.factories.directory import Directory, fill, make_entry, save_entries

MOST_QUERIES = 4
MOST_TILES = 24
# Towns with many, pairs a few metres apart, both sides of the antimeridian and on it, the poles.
SPOTS = [
    (52.52, 13.405), (52.52, 13.405), (52.5201, 13.4051), (48.137, 11.575), (51.34, 12.375), (-18.1, 179.9),
    (-18.1, -179.9), (-17.5, 180.0), (-17.5, -180.0), (0.0, 0.0), (90.0, 0.0), (-90.0, -45.0), (86.0, 20.0),
    (-33.9, 151.2), (-33.9, 151.2), (40.7, -74.0), (40.70001, -74.00001), (64.1, -21.9),
]  # fmt: skip


@pytest.fixture(scope="module")
def placed(django_db_setup: Any, django_db_blocker: Any) -> Iterator[list[Entry]]:
    """Published organizations all over the world, drafts and some without a place between them."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = [make_entry(Kind.ORGANIZATION, latitude=south, longitude=west) for south, west in SPOTS]
        entries = save_entries(made)
        save_entries([make_entry(Kind.ORGANIZATION, latitude=south, longitude=west, state=State.DRAFT)
                      for south, west in SPOTS[:4]])  # fmt: skip
        save_entries([make_entry(Kind.ORGANIZATION), make_entry(Kind.PROJECT, latitude=52.52, longitude=13.405)])
        yield entries
        transaction.set_rollback(True)


def inside(entry: Entry, west: float, south: float, east: float, north: float) -> bool:
    """Say without any database whether an entry lies in a box."""
    meridians = west <= entry.longitude <= east if west <= east else entry.longitude >= west or entry.longitude <= east
    return south <= entry.latitude <= north and meridians


def degrees(limit: int) -> Any:
    """Degrees with few decimals, often exactly those of an entry."""
    own = {abs(spot[limit == 180]) for spot in SPOTS} | {limit, 0}
    known = st.sampled_from(sorted(own | {-one for one in own}))
    return known | st.integers(-limit * 100, limit * 100).map(lambda number: number / 100)


@given(west=degrees(180), east=degrees(180), edges=st.tuples(degrees(90), degrees(90)), zoom=st.integers(0, 22))
def test_every_entry_of_the_box_is_shown_once(
    placed: list[Entry], db: None, west: float, east: float, edges: tuple[float, float], zoom: int
) -> None:
    south, north = sorted(edges)
    bbox = ",".join(f"{edge:.5f}" for edge in (west, south, east, north))
    answer = Client().get("/api/v1/organizations/clusters/", {"bbox": bbox, "zoom": zoom})
    width = (east - west if west <= east else east - west + 360) / 360
    height = (map_y(south) - map_y(north)) / 2**28
    if max(width, height) * 2**zoom > MOST_TILES:
        assert answer.status_code == 400
        assert answer.json()["errors"].keys() == {"bbox"}
        return
    found = answer.json()
    expected = {str(entry.id) for entry in placed if inside(entry, west, south, east, north)}
    clusters = [one for one in found["features"] if one["properties"]["type"] == "cluster"]
    alone = [one for one in found["features"] if one["properties"]["type"] == "entry"]
    assert sum(one["properties"]["count"] for one in clusters) + len(alone) == len(expected) == found["count"]
    assert {one["id"] for one in alone} <= expected
    assert all(one["properties"]["count"] > 1 for one in clusters)


def features(client: Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/organizations/clusters/", query)
    assert answer.status_code == 200, answer.content
    return answer.json()["features"]


def test_a_cluster_leads_to_its_entries_and_stands_among_them(placed: list[Entry], ask: Any, client: Client) -> None:
    clusters = [one for one in features(client, zoom=2) if one["properties"]["type"] == "cluster"]
    assert clusters
    for cluster in clusters:
        west, south, east, north = cluster["bbox"]
        longitude, latitude = cluster["geometry"]["coordinates"]
        assert west <= longitude <= east
        assert south <= latitude <= north
        told = ask(cluster["properties"]["entries"])["features"]
        assert len(told) == cluster["properties"]["count"]


def test_what_is_at_one_place_never_splits(placed: list[Entry], client: Client) -> None:
    (sydney,) = features(client, bbox="151,-34,151.5,-33.5", zoom=8)
    assert (sydney["properties"]["count"], sydney["properties"]["can_split"]) == (2, False)
    assert sydney["properties"]["label"] == "2 organizations"
    (far,) = features(client, bbox="11,48,14,53", zoom=1)
    assert far["properties"]["can_split"]
    near = features(client, bbox="13.404,52.5195,13.406,52.5205", zoom=20)
    assert [one["properties"].get("can_split") for one in near] == [False, None]


def test_an_entry_brings_what_its_card_shows(directory: Directory, client: Client) -> None:
    entry = next(entry for entry in directory.public(Kind.PROJECT) if entry.latitude is not None)
    west, south = entry.longitude - 0.001, entry.latitude - 0.001
    query = {"bbox": f"{west:.6f},{south:.6f},{west + 0.002:.6f},{south + 0.002:.6f}", "zoom": "20", "lang": "de"}
    others = Entry.objects.filter(latitude=entry.latitude, longitude=entry.longitude).exclude(pk=entry.pk)
    others.update(state=State.DRAFT)
    (feature,) = client.get("/api/v1/projects/clusters/", query).json()["features"]
    assert feature["id"] == str(entry.id)
    assert feature["geometry"]["coordinates"] == [entry.longitude, entry.latitude]
    properties = feature["properties"]
    assert properties["url"].startswith("http://testserver/de/projects/")
    assert properties["illustration"].endswith(".svg")
    assert properties["place"] in {"Berlin", "München", "Leipzig"}
    assert properties.keys() <= MarkerSerializer().fields.keys()


def test_filters_narrow_the_map_like_the_list(directory: Directory, ask: Any) -> None:
    hub = directory.public(Kind.HUB)[0]
    for query in (
        {"sector": "energy"}, {"hub": str(hub.id), "open": "true"}, {"near": "52.52,13.405", "radius": "50"},
        {"q": "about delta"}, {"within": str(directory.places[0].id)},
    ):  # fmt: skip
        rows = ask("projects/geojson", query | {"page_size": 100})["features"]
        assert ask("projects/clusters", query)["count"] == len(rows) > 0


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"bbox": "7,52,8"}, "bbox"), ({"bbox": "7,52,8,53,1"}, "bbox"), ({"bbox": ""}, "bbox"),
        ({"bbox": "a,b,c,d"}, "bbox"), ({"bbox": "nan,nan,nan,nan"}, "bbox"), ({"bbox": "inf,0,1,1"}, "bbox"),
        ({"bbox": "7,53,8,52"}, "bbox"), ({"bbox": "7,-91,8,52"}, "bbox"), ({"bbox": "-181,5,8,52"}, "bbox"),
        ({"bbox": "7,52,181,53"}, "bbox"), ({"bbox": "7,52,8,53" * 60}, "bbox"), ({"bbox": "1e1,2,3,4"}, "bbox"),
        ({"bbox": "7;52;8;53"}, "bbox"), ({"bbox": "٧,52,8,53"}, "bbox"),
        ({"zoom": "-1"}, "zoom"), ({"zoom": "23"}, "zoom"), ({"zoom": "1.5"}, "zoom"), ({"zoom": "abc"}, "zoom"),
        ({"zoom": "9"}, "zoom"), ({"bbox": "-180,-80,180,80", "zoom": "9"}, "bbox"),
        ({"page_size": "5"}, "page_size"), ({"cursor": "x"}, "cursor"), ({"ordering": "rank"}, "ordering"),
        ({"fields": "title"}, "fields"), ({"bounds": "1,2,3,4"}, "bounds"), ({"sector": "no-such"}, "sector"),
        ({"radius": "5"}, "radius"),
    ],
)  # fmt: skip
def test_bad_input_is_named(ask: Any, query: dict[str, str], name: str) -> None:
    problem = ask("projects/clusters", query, status=400)
    assert problem["errors"].keys() == {name}
    if name == "bbox" and "zoom" not in query:
        assert ask("projects", query, status=400)["errors"].keys() == {"bbox"}


def test_lists_take_the_same_box(placed: list[Entry], ask: Any) -> None:
    rows = ask("organizations", {"bbox": "179,-20,-179,-17", "page_size": 100})["results"]
    assert len(rows) == 4
    assert ask("organizations/facets", {"bbox": "179,-20,-179,-17"})["total"] == 4


def test_query_count_is_the_same_at_50_and_5000_rows(directory: Directory, client: Client) -> None:
    hub = str(directory.public(Kind.HUB)[0].id)
    narrowed = {"hub": hub, "sector": "energy", "open": "true", "bbox": "5,45,16,55", "zoom": "7"}
    few = [queries(client, query) for query in ({"zoom": "4"}, narrowed)]
    fill(directory, Kind.PROJECT, 4950)
    many = [queries(client, query) for query in ({"zoom": "4"}, narrowed)]
    # Nobody asks for the cards of entries that stand alone when none does.
    assert max(few + many) <= MOST_QUERIES
    assert all(abs(one - other) <= 1 for one, other in zip(few, many, strict=True))


def queries(client: Client, query: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as found:
        answer = client.get("/api/v1/projects/clusters/", query)
    assert answer.status_code == 200, answer.content
    return len(found)


def test_answers_are_kept_until_something_changes(directory: Directory, client: Client, settings: Any) -> None:
    settings.PAGE_CACHE_ENABLED = True
    answers.clear()
    forget_version()
    first = client.get("/api/v1/projects/clusters/")
    Entry.objects.filter(kind=Kind.PROJECT).update(state=State.DRAFT)
    again = client.get("/api/v1/projects/clusters/")
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    SiteChange.objects.create()
    forget_version()
    assert client.get("/api/v1/projects/clusters/").json()["count"] == 0
    known = client.get("/api/v1/projects/clusters/", headers={"If-None-Match": first.headers["ETag"]})
    assert known.status_code == 200
    forget_version()


def test_the_database_puts_positions_where_we_do(placed: list[Entry]) -> None:
    for entry in Entry.objects.filter(pk__in=[entry.pk for entry in placed]):
        assert abs(entry.map_x - map_x(entry.longitude)) <= 1
        assert abs(entry.map_y - map_y(entry.latitude)) <= 1
        if abs(entry.latitude) < 85:
            assert longitude_at(entry.map_x + 0.5) == pytest.approx(entry.longitude, abs=2e-6)
            assert latitude_at(entry.map_y + 0.5) == pytest.approx(entry.latitude, abs=2e-6)
