"""Entries as GeoJSON, for maps and other programs."""

from typing import Any

from django.test import Client

from cms.directory.api.serializers import EntryRowSerializer
from cms.directory.enums import Kind
from tests.factories.directory import Directory

ADDRESS = "/api/v1/projects/geojson/"


def test_every_public_entry_with_a_position_once(directory: Directory, client: Client) -> None:
    address, features = f"{ADDRESS}?page_size=7", []
    while address:
        page = client.get(address).json()
        assert page["type"] == "FeatureCollection"
        features += page["features"]
        address = page["next"]
    placed = {str(one.id): one for one in directory.public(Kind.PROJECT) if one.latitude is not None}
    assert len(features) == len(placed) < len(directory.public(Kind.PROJECT))
    for feature in features:
        entry = placed[feature["id"]]
        assert feature["type"] == "Feature"
        assert feature["geometry"] == {"type": "Point", "coordinates": [entry.longitude, entry.latitude]}
        assert feature["properties"].keys() == EntryRowSerializer().fields.keys()


def test_it_is_told_as_what_the_client_asks_for(directory: Directory, client: Client) -> None:
    for accepted, told in (
        ("*/*", "application/geo+json"), ("application/geo+json", "application/geo+json"),
        ("application/json", "application/json"),
    ):  # fmt: skip
        answer = client.get(ADDRESS, headers={"Accept": accepted})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, told)
        assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    assert client.get(ADDRESS, headers={"Accept": "text/html"}).status_code == 406
    tag = client.get(ADDRESS).headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


def test_filters_and_fields_are_those_of_the_list(directory: Directory, ask: Any) -> None:
    query = {"sector": "energy", "bbox": "5,45,16,55", "page_size": 100}
    rows = {row["id"] for row in ask("projects", query)["results"]}
    features = ask("projects/geojson", query | {"fields": "title"})["features"]
    assert {feature["id"] for feature in features} == rows
    assert all(feature["properties"].keys() == {"title"} for feature in features)
    assert ask("projects/geojson", {"zoom": "3"}, status=400)["errors"].keys() == {"zoom"}
