"""Reads what a Nominatim server says (`format=jsonv2`) without trusting it."""

import math
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError

from .enums import PlaceKind
from .geo import Box
from .outlines import validate_boundary

LONGEST_NAME = 200
KINDS = {
    "country": PlaceKind.COUNTRY,
    "state": PlaceKind.REGION,
    "region": PlaceKind.REGION,
    "county": PlaceKind.REGION,
    "city": PlaceKind.CITY,
    "town": PlaceKind.CITY,
    "village": PlaceKind.CITY,
    "municipality": PlaceKind.CITY,
    "suburb": PlaceKind.DISTRICT,
    "borough": PlaceKind.DISTRICT,
    "city_district": PlaceKind.DISTRICT,
    "quarter": PlaceKind.DISTRICT,
    "neighbourhood": PlaceKind.DISTRICT,
}


class BadAnswerError(Exception):
    """The server said something that is not Nominatim's."""


@dataclass(frozen=True)
class OsmPlace:
    """One place as OpenStreetMap knows it, checked."""

    source_id: str
    name: str
    kind: PlaceKind
    country: str
    latitude: float
    longitude: float
    population: int = 0
    names: dict[str, str] = field(default_factory=dict)
    box: Box | None = None
    boundary: dict[str, Any] | None = None


def read_answer(content: bytes) -> list[OsmPlace]:
    """Return the places of an answer, those without a country or name left out. Raises BadAnswerError for rubbish."""
    try:
        rows = orjson.loads(content)
        if not isinstance(rows, list):
            raise BadAnswerError(f"not a list: {content[:80]!r}")
        places = [_read_place(row) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadAnswerError(repr(error)) from error
    return [place for place in places if place.country and place.name]


def _read_place(row: dict[str, Any]) -> OsmPlace:
    if row["osm_type"] not in ("node", "way", "relation"):
        raise BadAnswerError(f"unknown type {row['osm_type']!r}")
    return OsmPlace(
        source_id=f"{row['osm_type']}/{int(row['osm_id'])}",
        name=(row.get("name") or row["display_name"].split(",")[0]).strip()[:LONGEST_NAME],
        kind=KINDS.get(row.get("addresstype", ""), PlaceKind.ADDRESS),
        country=row.get("address", {}).get("country_code", "").upper()[:2],
        latitude=_degrees(row["lat"], 90),
        longitude=_degrees(row["lon"], 180),
        population=_population((row.get("extratags") or {}).get("population", "")),
        names=_names(row.get("namedetails") or {}),
        box=_box(row.get("boundingbox")),
        boundary=_boundary(row.get("geojson")),
    )


def _degrees(text: str, most: float) -> float:
    number = float(text)
    if not math.isfinite(number) or abs(number) > most:
        raise BadAnswerError(f"{text!r} is not an angle")
    return number


def _population(text: str) -> int:
    digits = str(text).replace(",", "").replace(" ", "")
    return min(int(digits), 2_000_000_000) if digits.isdecimal() else 0


def _names(details: dict[str, str]) -> dict[str, str]:
    """Return the names in the languages of this site; OpenStreetMap has hundreds."""
    return {
        code: details[f"name:{code}"][:LONGEST_NAME] for code, _name in settings.LANGUAGES if f"name:{code}" in details
    }


def _box(edges: list[str] | None) -> Box | None:
    if not edges:
        return None
    south, north, west, east = edges  # Nominatim's own order
    return Box(_degrees(south, 90), _degrees(west, 180), _degrees(north, 90), _degrees(east, 180))


def _boundary(geojson: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the outline if it is one; points, lines and broken polygons are no territory."""
    try:
        validate_boundary(geojson)
    except ValidationError:
        return None
    return geojson
