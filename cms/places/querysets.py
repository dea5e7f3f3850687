from typing import TYPE_CHECKING, Self

import orjson
from django.db import connections
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from .expressions import DistanceKm, DistanceRank, IsCovered, IsInBox, IsWithinKm, OutlineCovers
from .geo import Box, box_around, box_of
from .names import folded

if TYPE_CHECKING:
    from .models import Place


class GeoQuerySet(QuerySet):
    """Reads by position, for any model with two float columns in degrees and a migration with AddPointColumn.

    Rows without coordinates lie nowhere: each of these reads leaves them out.
    """

    latitude_field = "latitude"
    longitude_field = "longitude"
    # The generated column on PostgreSQL, in the table of latitude_field.
    point_column = "point"
    # How a row says which place it belongs to, for places without an outline.
    place_field = "place"

    def within_radius(self, latitude: float, longitude: float, km: float) -> Self:
        """Rows at most `km` kilometres from a point."""
        near = IsWithinKm(*self._columns, latitude, longitude, km, point_column=self.point_column)
        if connections[self.db].vendor == "sqlite":
            return self._in_box(box_around(latitude, longitude, km)).filter(near)
        return self.filter(near)

    def in_bbox(self, south: float, west: float, north: float, east: float) -> Self:
        """Rows in a box of degrees, its edges included. `west` > `east` means a box over the antimeridian."""
        return self._in_box(Box(south, west, north, east))

    def order_by_distance(self, latitude: float, longitude: float, *, stable: bool = False) -> Self:
        """Annotate `distance_km` to a point and put the nearest first.

        `stable` settles ties by primary key, for reading page by page. PostgreSQL below 16 then sorts all candidates
        instead of walking its nearest-neighbour index, so narrow a large table with `within_radius` first.
        """
        arguments = (*self._columns, latitude, longitude)
        rank = DistanceRank(*arguments, point_column=self.point_column)
        ordering = (rank.asc(), "pk") if stable else (rank.asc(),)
        return (
            self._placed()
            .annotate(distance_km=DistanceKm(*arguments, point_column=self.point_column))
            .order_by(*ordering)
        )

    def inside(self, place: "Place") -> Self:
        """Rows in the outline of a place, edge included; without one in its box; else those whose own place it is."""
        if place.boundary:
            covered = IsCovered(*self._columns, orjson.dumps(place.boundary).decode(), point_column=self.point_column)
            return self._in_box(box_of(place.boundary)).filter(covered)
        if place.box:
            return self._in_box(place.box)
        return self.filter(**{self.place_field: place.pk})

    @property
    def _columns(self) -> tuple[str, str]:
        return self.latitude_field, self.longitude_field

    def _placed(self) -> Self:
        return self.filter(**{f"{name}__isnull": False for name in self._columns})

    def _in_box(self, box: Box) -> Self:
        latitude, longitude = self._columns
        parallels = Q(**{f"{latitude}__gte": box.south, f"{latitude}__lte": box.north})
        if box.west <= box.east:
            meridians = Q(**{f"{longitude}__gte": box.west, f"{longitude}__lte": box.east})
            return self.filter(parallels, meridians, self._index_box(box))
        meridians = Q(**{f"{longitude}__gte": box.west}) | Q(**{f"{longitude}__lte": box.east})
        halves = self._index_box(box._replace(east=180.0)) | self._index_box(box._replace(west=-180.0))
        return self.filter(parallels, meridians, halves)

    def _index_box(self, box: Box) -> Q:
        if connections[self.db].vendor == "sqlite":
            return Q()
        return Q(IsInBox(*self._columns, *box, point_column=self.point_column))


class PlaceQuerySet(GeoQuerySet):
    """Named reads of places."""

    place_field = "pk"
    boundary_column = "boundary_geom"

    def containing(self, latitude: float, longitude: float) -> Self:
        """Places whose outline covers a point, by the database."""
        covers = OutlineCovers("boundary", latitude, longitude, column=self.boundary_column)
        places = self
        if connections[self.db].vendor == "sqlite":
            straight = Q(west__lte=longitude, east__gte=longitude)
            round_the_back = Q(west__gt=F("east")) & (Q(west__lte=longitude) | Q(east__gte=longitude))
            places = places.filter(
                straight | round_the_back, boundary__isnull=False, south__lte=latitude, north__gte=latitude
            )
        return places.filter(covers)

    def named(self, text: str) -> Self:
        """Places one of whose names in any language begins with the text; accents and case do not matter."""
        names = self.model.search_names.rel.related_model.objects.starting_with(text)
        return self.filter(Exists(names.filter(place=OuterRef("pk"))))

    def from_source(self, source: str) -> Self:
        return self.filter(source=source)


class PlaceNameQuerySet(QuerySet):
    """Named reads of the names that place search knows."""

    def starting_with(self, text: str) -> Self:
        """Names that begin with the text, by an index on either database."""
        start = folded(text)
        if connections[self.db].vendor == "sqlite":
            # SQLite's LIKE never uses an index with Django's ESCAPE; its plain comparison does, and goes by code point.
            return self.filter(folded__gte=start, folded__lt=start + chr(0x10FFFF))
        return self.filter(folded__startswith=start)

    def called(self, text: str) -> Self:
        """Names that are the text."""
        return self.filter(folded=folded(text))
