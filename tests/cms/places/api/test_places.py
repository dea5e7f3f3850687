from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.places.api.serializers import PlaceRowSerializer, PlaceSerializer
from cms.places.models import Place
from tests.cms.directory.api.test_lists import assert_fits
from tests.factories.places import PlaceFactory, square


@pytest.fixture
def places(db: None) -> list[Place]:
    country = PlaceFactory(name="Deutschland", names={"en": "Germany"}, kind="country", population=83_000_000)
    munich = PlaceFactory(
        name="München", names={"en": "Munich"}, population=1_500_000, parent=country, boundary=square(48.1, 11.6, 0.2),
        boundary_source="Drawn by us",
    )  # fmt: skip
    wien = PlaceFactory(name="Wien", names={"en": "Vienna"}, country="AT", population=1_900_000)
    return [country, wien, munich, *[PlaceFactory(name=f"Mundorf {number}") for number in range(30)]]


def _get(client: Client, path: str = "", **query: Any) -> Any:
    answer = client.get(f"/api/v1/places/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_largest_first_and_every_place_once(places: list[Place], client: Client) -> None:
    page = _get(client, page_size=7)
    rows = page["results"]
    assert [row["name"] for row in rows[:3]] == ["Germany", "Vienna", "Munich"]
    while page["next"]:
        page = client.get(page["next"]).json()
        rows += page["results"]
    assert sorted(row["id"] for row in rows) == sorted(str(place.pk) for place in places)
    for row in rows:
        assert_fits(row, PlaceRowSerializer())


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"search": "munch"}, ["München"]),
        ({"search": "MÜNC"}, ["München"]),
        ({"search": "muenchen"}, ["München"]),
        ({"search": "Munich"}, ["München"]),
        ({"country": "at"}, ["Wien"]),
        ({"kind": "country"}, ["Deutschland"]),
        ({"country": "AT", "search": "m"}, []),
        ({"search": "%"}, None),
        ({"search": "x%"}, []),
    ],
)
def test_filters(places: list[Place], client: Client, query: dict[str, str], names: list[str] | None) -> None:
    if names is None:
        assert client.get("/api/v1/places/", query).json()["errors"].keys() == {"search"}
        return
    assert [row["name"] for row in _get(client, lang="de", **query)["results"]] == names


@pytest.mark.parametrize("query", [{"country": "DEU"}, {"country": "1"}, {"kind": "village"}, {"search": "x" * 101}])
def test_bad_input(places: list[Place], client: Client, query: dict[str, str]) -> None:
    answer = client.get("/api/v1/places/", query)
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == query.keys()


def test_detail(places: list[Place], client: Client) -> None:
    munich = _get(client, f"{places[2].pk}/")
    assert_fits(munich, PlaceSerializer())
    assert munich["boundary"]["type"] == "Polygon"
    assert munich["box"]["south"] == pytest.approx(47.9)
    assert (munich["has_boundary"], munich["boundary_source"]) == (True, "Drawn by us")
    assert munich["parent"] == {"id": str(places[0].pk), "name": "Germany"}
    assert _get(client, f"{places[0].pk}/")["boundary"] is None
    assert client.get(f"/api/v1/places/{uuid4()}/").status_code == 404


def test_query_counts(places: list[Place], client: Client) -> None:
    for path in ("?page_size=3", "?page_size=100&search=mun", f"{places[2].pk}/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/v1/places/{path}").status_code == 200
        assert len(queries) == 1
