"""What is drawn under the markers of a map: outlines, and the names of the largest towns."""

from dataclasses import dataclass
from typing import Any

import orjson
import shapely
from django.db.models import F, Q

from .enums import PlaceKind, PlaceSource
from .geo import Box
from .mercator import WORLD, map_x, map_y
from .models import Place

MOST_OUTLINES, MOST_NAMES, MOST_TOWNS = 60, 14, 90
# Of so many of the largest towns those are taken that do not crowd each other, in pixels of the map.
CANDIDATES = 600
CROWDED = (32, 32)
# Names that are to be read need more room.
NAME = (110, 34)
SMALLEST_OUTLINE = 16
TILE_PIXELS = 256
# What the sources ask to be shown, word by word (docs/data-sources.md).
CREDITS = {
    PlaceSource.GEONAMES: "City data: GeoNames, CC BY 4.0",
    PlaceSource.OSM: "© OpenStreetMap contributors",
}


@dataclass(frozen=True)
class Ground:
    """Places with their outline, the largest first; towns, spread over the view, and the ids of those to be named."""

    outlines: list[tuple[Place, dict[str, Any]]]
    towns: list[Place]
    named: set[Any]

    @property
    def credits(self) -> list[str]:
        """Whose data these are."""
        drawn = [place for place, _shape in self.outlines] + [town for town in self.towns if town.pk in self.named]
        told = [CREDITS.get(PlaceSource(place.source), "") for place in drawn]
        return list(dict.fromkeys(text for text in told if text))


def ground(box: Box, zoom: int) -> Ground:
    """Return what is drawn in a box at a zoom. Two statements."""
    pixel = 360 / (TILE_PIXELS * 2**zoom)
    outlined = Place.objects.filter(
        boundary__isnull=False, south__lte=box.north, north__gte=box.south,
        north__gt=F("south") + SMALLEST_OUTLINE * pixel / 2,
    )  # fmt: skip
    outlined = outlined.filter(_meets(box)).order_by("-population", "pk")[:MOST_OUTLINES]
    # Half a pixel: what is left out could not be seen.
    shapes = [(place, _simplified(place.boundary, pixel / 2)) for place in outlined]
    largest = Place.objects.filter(kind=PlaceKind.CITY).in_bbox(*box).order_by("-population", "name", "pk")
    candidates = list(
        largest.only("name", "names", "kind", "source", "population", "latitude", "longitude")[:CANDIDATES]
    )
    towns = _spread(candidates, zoom, CROWDED, MOST_TOWNS)
    return Ground(shapes, towns, {town.pk for town in _spread(towns, zoom, NAME, MOST_NAMES)})


def _meets(box: Box) -> Q:
    """The meridians of an outline meet those of a box; either may span the antimeridian."""
    is_split = Q(west__gt=F("east"))
    touches_west, touches_east = Q(east__gte=box.west), Q(west__lte=box.east)
    if box.west > box.east:
        return touches_west | touches_east | is_split
    return (touches_west & touches_east) | (is_split & (touches_west | touches_east))


def _simplified(boundary: dict[str, Any], tolerance: float) -> dict[str, Any]:
    shape = shapely.simplify(shapely.from_geojson(orjson.dumps(boundary)), tolerance)
    return orjson.loads(shapely.to_geojson(shape))


def _spread(towns: list[Place], zoom: int, room: tuple[int, int], most: int) -> list[Place]:
    """Return the first of the towns that have so many pixels of room, to the side and up and down."""
    pixel = WORLD / (TILE_PIXELS * 2**zoom)
    width, height = room[0] * pixel, room[1] * pixel
    chosen: list[tuple[Place, int, int]] = []
    for town in towns:
        x, y = map_x(town.longitude), map_y(town.latitude)
        if all(abs(x - other_x) > width or abs(y - other_y) > height for _other, other_x, other_y in chosen):
            chosen.append((town, x, y))
        if len(chosen) == most:
            break
    return [town for town, _x, _y in chosen]
