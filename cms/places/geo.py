"""Calculation on the globe: distances, boxes and outlines. Knows no database.

Degrees are WGS 84. Arguments come as latitude, longitude; only GeoJSON has the longitude first.
"""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

EARTH_RADIUS_KM = 6371.0088
# A hair's breadth (11 cm) so that rounding never loses a point on the rim; the exact distance is tested afterwards.
BOX_MARGIN_DEGREES = 1e-6
POLE = 90.0
ANTIMERIDIAN = 180.0


class Box(NamedTuple):
    """An area between two parallels and two meridians. `west` lies east of `east` when it spans the antimeridian."""

    south: float
    west: float
    north: float
    east: float


def great_circle_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance in kilometres between two points on a sphere of the mean radius of the Earth."""
    north_south = math.radians(other_latitude - latitude)
    east_west = math.radians(other_longitude - longitude)
    chord = (
        math.sin(north_south / 2) ** 2
        + math.cos(math.radians(latitude)) * math.cos(math.radians(other_latitude)) * math.sin(east_west / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def box_around(latitude: float, longitude: float, km: float) -> Box:
    """Return the smallest box that holds the circle of `km` kilometres around a point."""
    angle = km / EARTH_RADIUS_KM
    reach = math.degrees(angle) + BOX_MARGIN_DEGREES
    south, north = latitude - reach, latitude + reach
    if south <= -POLE or north >= POLE:  # the circle holds a pole and with it every meridian
        return Box(max(south, -POLE), -ANTIMERIDIAN, min(north, POLE), ANTIMERIDIAN)
    ratio = math.sin(angle) / math.cos(math.radians(latitude))
    spread = math.degrees(math.asin(min(1.0, ratio))) + BOX_MARGIN_DEGREES
    if spread >= ANTIMERIDIAN:
        return Box(south, -ANTIMERIDIAN, north, ANTIMERIDIAN)
    return Box(south, wrapped(longitude - spread), north, wrapped(longitude + spread))


def wrapped(longitude: float) -> float:
    """Return the same meridian between -180 and 180 degrees."""
    if -ANTIMERIDIAN <= longitude <= ANTIMERIDIAN:
        return longitude
    return (longitude + 180) % 360 - 180


def polygons_of(boundary: dict[str, Any]) -> list[list[list[list[float]]]]:
    """Return the polygons of a GeoJSON Polygon or MultiPolygon: lists of rings of [longitude, latitude] positions."""
    coordinates = boundary["coordinates"]
    return [coordinates] if boundary["type"] == "Polygon" else list(coordinates)


def positions_of(boundary: dict[str, Any]) -> Iterator[list[float]]:
    """Yield each [longitude, latitude] position of a valid outline."""
    for polygon in polygons_of(boundary):
        for ring in polygon:
            yield from ring


def box_of(boundary: dict[str, Any]) -> Box:
    """Return the box around a valid outline. One that RFC 7946 cut at the antimeridian gets west > east."""
    latitudes = [position[1] for position in positions_of(boundary)]
    spans = []
    for polygon in polygons_of(boundary):
        longitudes = [position[0] for position in polygon[0]]
        spans.append((min(longitudes), max(longitudes)))
    west, east = _joined_span(spans)
    return Box(min(latitudes), west, max(latitudes), east)


def _joined_span(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    ordered = sorted(spans)
    east_end = max(east for _west, east in ordered)
    if ordered[0][0] > -ANTIMERIDIAN or east_end < ANTIMERIDIAN:
        return ordered[0][0], east_end
    # The outline touches the antimeridian from both sides: it goes round there, and the widest gap is its outside.
    widest, edges, reach = 0.0, (-ANTIMERIDIAN, ANTIMERIDIAN), ordered[0][1]
    for west, east in ordered[1:]:
        if west - reach > widest:
            widest, edges = west - reach, (west, reach)
        reach = max(reach, east)
    return edges


@lru_cache(maxsize=128)
def prepared_outline(geojson: str) -> BaseGeometry:
    """Return the outline ready for many questions; kept, because the same territory is asked for row after row."""
    geometry = shapely.from_geojson(geojson)
    shapely.prepare(geometry)
    return geometry


def outline_covers(geojson: str | None, latitude: float | None, longitude: float | None) -> bool | None:
    """Return whether a point lies in an outline or on its edge; None, like SQL, when one of them is unknown."""
    if geojson is None or latitude is None or longitude is None:
        return None
    return bool(shapely.intersects_xy(prepared_outline(geojson), longitude, latitude))
