"""Each filter against a plain loop over the same world."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from cms.directory.enums import Attendance, Kind
from cms.directory.models import Entry, EntryHub, EntryOrganization, EntryTerm, EntryText
from tests.factories.directory import BERLIN, OTHER, Directory

BELOW = {
    "energy": {"energy", "solar", "balcony-solar"},
    "solar": {"solar", "balcony-solar"},
    "balcony-solar": {"balcony-solar"},
    "food": {"food"},
    "crafts": {"crafts", "carpentry"},
    "law": {"law"},
    "running": {"running"},
    "club": {"club"},
}
PATHS = {Kind.HUB: "hubs", Kind.ORGANIZATION: "organizations", Kind.PROJECT: "projects", Kind.STORY: "stories"}
Test = Callable[[Entry], bool]


def _carries(world: Directory, slug: str) -> Test:
    keys = {world.terms[below].translation_key for below in BELOW[slug]}
    carriers = {term.entry_id for term in EntryTerm.objects.all() if term.key in keys}
    return lambda entry: entry.id in carriers


def _in_hub(hub: Entry) -> Test:
    shown = {link.entry_id for link in EntryHub.objects.all() if link.hub_id == hub.id}
    return lambda entry: entry.id in shown


def _of(organization: Entry) -> Test:
    led = {link.entry_id for link in EntryOrganization.objects.all() if link.organization_id == organization.id}
    return lambda entry: entry.id in led


def _written_in(language: str) -> Test:
    written = {text.entry_id for text in EntryText.objects.all() if text.language == language and text.is_live}
    return lambda entry: entry.id in written


def _near(latitude: float, longitude: float, km: float) -> Test:
    return lambda entry: entry.latitude is not None and _distance(entry, latitude, longitude) <= km


def _distance(entry: Entry, latitude: float, longitude: float) -> float:
    """By the law of cosines, not by the haversine of the code under test."""
    one, other = math.radians(entry.latitude), math.radians(latitude)
    cosine = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(
        math.radians(entry.longitude - longitude)
    )
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))


def _in_square(latitude: float, longitude: float, reach: float) -> Test:
    return lambda entry: (
        entry.latitude is not None
        and abs(entry.latitude - latitude) <= reach
        and abs(entry.longitude - longitude) <= reach
    )


def _slug(entry: Entry) -> str:
    return EntryText.objects.filter(entry=entry, is_live=True).first().slug


CASES: dict[str, Callable[[Directory], tuple[str, str, Test]]] = {
    "hub by id": lambda world: ("hub", str(world.public("hub")[0].id), _in_hub(world.public("hub")[0])),
    "hub by slug": lambda world: ("hub", _slug(world.public("hub")[1]), _in_hub(world.public("hub")[1])),
    "organization by id": lambda world: (
        "organization", str(world.public("organization")[0].id), _of(world.public("organization")[0])
    ),
    "organization by slug": lambda world: (
        "organization", _slug(world.public("organization")[1]), _of(world.public("organization")[1])
    ),
    "sector with what is below it": lambda world: ("sector", "energy", _carries(world, "energy")),
    "sector with its own of a hub": lambda world: ("sector", "solar", _carries(world, "solar")),
    "sector of a hub": lambda world: ("sector", "balcony-solar", _carries(world, "balcony-solar")),
    "sector by id": lambda world: ("sector", str(world.terms["food"].translation_key), _carries(world, "food")),
    "skill": lambda world: ("skill", "crafts", _carries(world, "crafts")),
    "status": lambda world: ("status", "running", _carries(world, "running")),
    "type of organization": lambda world: ("type", "club", _carries(world, "club")),
    "kind of hub": lambda _world: ("type", "sector", lambda entry: entry.hub_kind == "sector"),
    "language": lambda _world: ("language", OTHER, _written_in(OTHER)),
    "online": lambda _world: ("online", "true", lambda entry: entry.attendance != Attendance.PLACE),
    "not online": lambda _world: ("online", "false", lambda entry: entry.attendance == Attendance.PLACE),
    "open": lambda _world: ("open", "true", lambda entry: entry.is_open),
    "not open": lambda _world: ("open", "false", lambda entry: not entry.is_open),
    "within an outline": lambda world: ("within", str(world.places[0].id), _in_square(*BERLIN, 0.5)),
    "within a place without outline": lambda world: (
        "within", str(world.places[2].id), lambda entry: entry.place_id == world.places[2].id
    ),
}  # fmt: skip
APPLIES = {
    "hub": [Kind.ORGANIZATION, Kind.PROJECT, Kind.STORY],
    "organization": [Kind.PROJECT, Kind.STORY],
    "skill": [Kind.PROJECT],
    "status": [Kind.PROJECT],
    "type": [Kind.ORGANIZATION],
    "online": [Kind.PROJECT],
    "open": [Kind.PROJECT],
}


@pytest.mark.parametrize("case", CASES)
def test_filter_equals_a_plain_loop(directory: Directory, walk: Any, case: str, db: None) -> None:
    name, value, is_meant = CASES[case](directory)
    kinds = [Kind.HUB] if case == "kind of hub" else APPLIES.get(name, list(PATHS))
    counts = []
    for kind in kinds:
        expected = {str(entry.id) for entry in directory.public(kind) if is_meant(entry)}
        rows = walk(PATHS[kind], {name: value})
        assert {row["id"] for row in rows} == expected
        assert len(rows) == len(expected)
        counts.append((len(expected), len(directory.public(kind))))
    # The world must tell a filter that works from one that lets everything or nothing through.
    assert any(0 < some < everything for some, everything in counts), counts


@pytest.mark.parametrize("kind", [Kind.HUB, Kind.ORGANIZATION, Kind.PROJECT])
def test_parent(directory: Directory, walk: Any, kind: str) -> None:
    above = next(
        entry for entry in directory.public(kind) if any(one.parent_id == entry.id for one in directory.public(kind))
    )
    for value in (str(above.id), _slug(above)):
        rows = walk(PATHS[kind], {"parent": value})
        assert {row["id"] for row in rows} == {
            str(one.id) for one in directory.public(kind) if one.parent_id == above.id
        }
        assert all(row["parent"]["id"] == str(above.id) for row in rows)


@pytest.mark.parametrize("km", [1, 12, 100, 499])
def test_radius(directory: Directory, walk: Any, km: int) -> None:
    rows = walk("projects", {"near": "52.52,13.405", "radius": km})
    expected = {str(entry.id): entry for entry in directory.public(Kind.PROJECT) if _near(*BERLIN, km)(entry)}
    assert {row["id"] for row in rows} == set(expected)
    for row in rows:
        assert row["distance_km"] == pytest.approx(_distance(expected[row["id"]], *BERLIN), rel=1e-4, abs=0.2)
    assert [row["distance_km"] for row in rows] == sorted(row["distance_km"] for row in rows)


def test_near_alone_orders_everything_that_is_somewhere(directory: Directory, walk: Any) -> None:
    for query in ({"near": "52.52,13.405"}, {"near": "52.52,13.405", "ordering": "distance"}):
        rows = walk("projects", query)
        placed = [entry for entry in directory.public(Kind.PROJECT) if entry.latitude is not None]
        assert len(rows) == len(placed) < len(directory.public(Kind.PROJECT))
        distances = [row["distance_km"] for row in rows]
        assert distances == sorted(distances)


def test_near_with_radius_may_be_ordered_otherwise(directory: Directory, walk: Any) -> None:
    rows = walk("projects", {"near": "52.52,13.405", "radius": 400, "ordering": "newest"})
    dates = [row["published_at"] or "" for row in rows]
    known = [day for day in dates if day]
    assert known == sorted(known, reverse=True)
    assert all(row["distance_km"] is not None for row in rows)


def test_filters_narrow_together(directory: Directory, walk: Any) -> None:
    hub = directory.public(Kind.HUB)[0]
    tests = [_in_hub(hub), _carries(directory, "energy"), lambda entry: entry.is_open]
    rows = walk("projects", {"hub": str(hub.id), "sector": "energy", "open": "true"})
    assert {row["id"] for row in rows} == {
        str(entry.id) for entry in directory.public(Kind.PROJECT) if all(is_meant(entry) for is_meant in tests)
    }
