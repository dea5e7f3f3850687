"""What lies under the markers of a map: outlines and towns, for any view."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.places import PlaceFactory, square

pytestmark = pytest.mark.django_db


def ground(client: Client, bbox: str, zoom: int, **query: Any) -> tuple[set[str], dict[str, bool]]:
    """Return the names of outlines, and of towns with whether they are to be read."""
    answer = client.get("/api/v1/places/ground/", {"bbox": bbox, "zoom": zoom} | query)
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/geo+json"
    features = answer.json()["features"]
    towns = [one["properties"] for one in features if one["geometry"]["type"] == "Point"]
    outlines = {one["properties"]["name"] for one in features if one["geometry"]["type"] != "Point"}
    return outlines, {town["name"]: town["is_named"] for town in towns}


@pytest.fixture
def towns(db: None) -> None:
    """A city with an outline, a smaller neighbour, and a town on either side of the antimeridian."""
    PlaceFactory(name="Large", names={"de": "Gross"}, latitude=52.0, longitude=7.6, population=300_000,
                 boundary=square(52.0, 7.6, 0.1))  # fmt: skip
    PlaceFactory(name="Small", latitude=52.01, longitude=7.75, population=20_000)
    PlaceFactory(name="West", latitude=-17.0, longitude=179.8, population=9_000, boundary=square(-17.0, 179.8, 0.1))
    PlaceFactory(name="East", latitude=-17.0, longitude=-179.8, population=8_000)


@pytest.mark.usefixtures("towns")
def test_what_has_room_is_there(client: Client) -> None:
    assert ground(client, "7,51,8,53", 14) == ({"Large"}, {"Large": True, "Small": True})
    assert ground(client, "7,51,8,53", 9) == ({"Large"}, {"Large": True, "Small": False})
    assert ground(client, "7,51,8,53", 5) == (set(), {"Large": True})
    assert ground(client, "7,51,8,53", 9, lang="de")[0] == {"Gross"}
    assert ground(client, "20,51,21,53", 9) == (set(), {})


@pytest.mark.usefixtures("towns")
def test_round_the_back_of_the_world(client: Client) -> None:
    assert ground(client, "179,-18,-179,-16", 12) == ({"West"}, {"West": True, "East": True})
    assert ground(client, "179.85,-18,-179.9,-16", 12) == ({"West"}, {})


@pytest.mark.usefixtures("towns")
def test_two_queries_and_no_nonsense(client: Client, django_assert_num_queries: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        ground(client, "-180,-90,180,90", 2)
    assert len(queries) == 2
    for query in ({"bbox": "8,1,9"}, {"zoom": "x"}, {"kind": "city"}):
        problem = client.get("/api/v1/places/ground/", query)
        assert problem.status_code == 400
        assert problem.json()["errors"].keys() == query.keys()
