"""Entries on a map: what stands close together is one cluster, counted by the database in one statement.

The map is cut into square cells, finer with each zoom. What lies in a cell stands together, and cells whose middles
would overlap on the screen are put together afterwards, so that a town on the edge of two cells is one cluster.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BigIntegerField, Count, F, Max, Min, Q, Sum
from django.db.models.functions import Cast

from cms.places.geo import Box
from cms.places.mercator import DEPTH, WORLD, latitude_at, longitude_at, map_x, map_y
from cms.taxonomy.selectors import Terms

from .browse import Browse, narrowed
from .cards import cards
from .querysets import EntryQuerySet

WHOLE_WORLD = Box(-90.0, -180.0, 90.0, 180.0)
# The zoom from which on looking closer does not help: what stands together there is shown as a list.
NEAREST_ZOOM = 18
# A tile of the map has 256 pixels, a cell 64.
TILE_PIXELS, CELLS_PER_TILE = 256, 4
# Markers whose middles are nearer to each other cannot be pressed one by one.
CLOSEST_PIXELS = 44
# What a very large screen shows, and half as much around it. More in one answer would be a download, not a map.
MOST_TILES = 24
# The positions in a table and in our own calculation may differ by rounding.
SLACK = 2
NEIGHBOURS = [(column, row) for column in (-1, 0, 1) for row in (-1, 0, 1) if column or row]


@dataclass(frozen=True)
class Cluster:
    """Entries that stand together. `x` and `y` are sums of positions in map units, the edges are the outermost ones."""

    count: int
    x: int
    y: int
    west: int
    north: int
    east: int
    south: int

    @property
    def middle(self) -> tuple[float, float]:
        """Where it stands, in map units: the mean of its entries."""
        return self.x / self.count, self.y / self.count

    @property
    def position(self) -> tuple[float, float]:
        """Where it stands: latitude, longitude."""
        x, y = self.middle
        return latitude_at(y + 0.5), longitude_at(x + 0.5)

    @property
    def box(self) -> Box:
        """The smallest box in degrees that holds its entries; what stands on the edge of the map may be at a pole."""
        south = latitude_at(self.south + 1) if self.south < WORLD - 1 else WHOLE_WORLD.south
        north = latitude_at(self.north) if self.north else WHOLE_WORLD.north
        return Box(south, longitude_at(self.west), north, longitude_at(self.east + 1))

    @property
    def spot(self) -> tuple[int, int]:
        """The position of its one entry."""
        return self.west, self.north

    def can_split(self, zoom: int) -> bool:
        """Return whether looking closer shows more than one marker."""
        extent = max(self.east - self.west, self.south - self.north)
        return zoom < NEAREST_ZOOM and extent >= 2 * _pixels(CLOSEST_PIXELS, NEAREST_ZOOM)

    def joined(self, other: "Cluster") -> "Cluster":
        """Return both as one."""
        return Cluster(
            self.count + other.count,
            self.x + other.x,
            self.y + other.y,
            min(self.west, other.west),
            min(self.north, other.north),
            max(self.east, other.east),
            max(self.south, other.south),
        )


@dataclass(frozen=True)
class MapView:
    """What one view of the map shows: clusters of two and more, and the cards of entries that stand alone."""

    clusters: list[Cluster]
    cards: list[dict[str, Any]]

    @property
    def count(self) -> int:
        """How many entries it shows."""
        return sum(cluster.count for cluster in self.clusters) + len(self.cards)


def is_too_large(box: Box, zoom: int) -> bool:
    """Return whether a box holds more of the map than any screen shows at this zoom."""
    width = box.east - box.west if box.west <= box.east else box.east - box.west + 360
    height = map_y(box.south) - map_y(box.north)
    return max(width / 360, height / WORLD) * 2**zoom > MOST_TILES


def map_view(browse: Browse, labels: Terms, language: str, zoom: int) -> MapView:
    """Return what a view of the map shows of the entries that were asked for. Two statements, however many there are.

    The box that is asked for is the view; without one it is the world.
    """
    entries = _in_view(narrowed(replace(browse, box=None), labels), browse.box or WHOLE_WORLD)
    found = _together(_counted(entries, zoom), zoom)
    alone = {cluster.spot for cluster in found if cluster.count == 1}
    return MapView(
        sorted((one for one in found if one.count > 1), key=lambda one: (-one.count, one.spot)),
        _cards_at(entries, alone, language, labels) if alone else [],
    )


def _in_view(entries: EntryQuerySet, box: Box) -> EntryQuerySet:
    """Narrow to a box by what the index of the map holds; the exact comparison stands beside it."""
    entries = entries.filter(latitude__isnull=False, longitude__isnull=False)
    if box == WHOLE_WORLD:
        return entries
    rows = Q(map_y__gte=map_y(box.north) - SLACK, map_y__lte=map_y(box.south) + SLACK)
    parallels = Q(latitude__gte=box.south, latitude__lte=box.north)
    after = Q(map_x__gte=map_x(box.west) - SLACK, longitude__gte=box.west)
    before = Q(map_x__lte=map_x(box.east) + SLACK, longitude__lte=box.east)
    return entries.filter(rows, parallels, after & before if box.west <= box.east else after | before)


def _counted(entries: EntryQuerySet, zoom: int) -> dict[tuple[int, int], Cluster]:
    """Return what each cell of the map holds, by its column and row. One statement."""
    depth = DEPTH - zoom - CELLS_PER_TILE.bit_length() + 1
    cells = (
        entries.order_by()
        .annotate(column=F("map_x").bitrightshift(depth), row=F("map_y").bitrightshift(depth))
        .values("column", "row")
        .annotate(
            number=Count("*"), x=Sum("map_x"), y=Sum("map_y"),
            west=Min("map_x"), north=Min("map_y"), east=Max("map_x"), south=Max("map_y"),
        )
    )  # fmt: skip
    columns = ("column", "row", "number", "x", "y", "west", "north", "east", "south")
    return {(column, row): Cluster(*rest) for column, row, *rest in cells.values_list(*columns)}


def _together(cells: dict[tuple[int, int], Cluster], zoom: int) -> list[Cluster]:
    """Put cells together whose markers would lie over each other, beginning with the fullest."""
    waiting, found = dict(cells), []
    for cell in sorted(cells, key=lambda cell: (-cells[cell].count, cell)):
        cluster = waiting.pop(cell, None)
        if cluster is None:
            continue
        for neighbour in _around(cell):
            if neighbour in waiting and _distance(cluster, waiting[neighbour]) < _pixels(CLOSEST_PIXELS, zoom):
                cluster = cluster.joined(waiting.pop(neighbour))
        found.append(cluster)
    return found


def _around(cell: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return ((cell[0] + column, cell[1] + row) for column, row in NEIGHBOURS)


def _distance(one: Cluster, other: Cluster) -> float:
    return math.dist(one.middle, other.middle)


def _pixels(number: float, zoom: int) -> float:
    """Return how many units of the map so many pixels of the screen are at a zoom."""
    return number * WORLD / (TILE_PIXELS * 2**zoom)


def _cards_at(
    entries: EntryQuerySet, spots: Iterable[tuple[int, int]], language: str, labels: Terms
) -> list[dict[str, Any]]:
    """Return the cards of the entries at some positions. Each position holds one."""
    spots = set(spots)
    wide = BigIntegerField()  # both numbers side by side do not fit into an integer
    spot = Cast(F("map_x"), wide) * WORLD + Cast(F("map_y"), wide)
    there = entries.annotate(spot=spot).filter(
        map_x__in={x for x, _y in spots}, spot__in=[x * WORLD + y for x, y in spots]
    )
    return cards(there.order_by("-rank", "pk"), language, labels=labels, more=("latitude", "longitude"))
