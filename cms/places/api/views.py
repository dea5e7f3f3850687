import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cms.core.api.kept import KeptAnswerMixin
from cms.core.api.pagination import PAGE_PARAMETERS, SortKey
from cms.core.api.parameters import LANG, LAST_ZOOM, Area, BadParameterError, Choice, Integer, Parameter
from cms.core.api.renderers import GeoJsonRenderer, OrjsonRenderer
from cms.core.api.throttling import LookingThrottle
from cms.core.api.views import PagedView, ReadView, found
from cms.places.enums import PlaceKind
from cms.places.geo import Box
from cms.places.ground import ground
from cms.places.models import BOX_FIELDS, Place
from cms.places.names import folded

from .serializers import GroundSerializer, PlaceRowSerializer, PlaceSerializer

LARGEST_FIRST = SortKey("population", int, is_descending=True)
COUNTRY = re.compile(r"[A-Za-z]{2}")
COLUMNS = (
    "id", "name", "names", "kind", "country", "population", "latitude", "longitude", *BOX_FIELDS, "parent_id",
    "parent__name", "parent__names",
)  # fmt: skip


@dataclass(frozen=True)
class Country(Parameter):
    """A country code."""

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Za-z]{2}$"}

    def check(self, text: str) -> str:
        if not COUNTRY.fullmatch(text):
            raise BadParameterError(_("Two letters, such as DE."))
        return text.upper()


@dataclass(frozen=True)
class NameStart(Parameter):
    """The beginning of a name."""

    def check(self, text: str) -> str:
        if not folded(text):
            raise BadParameterError(_("At least one letter."))
        return text


class PlaceListView(PagedView):
    """Places, the largest first."""

    tag = "places"
    row_serializer = PlaceRowSerializer
    parameters = {
        "search": NameStart("The beginning of a name in any language; accents and case do not matter.", longest=100),
        "country": Country("A country code (ISO 3166, two letters)."),
        "kind": Choice("How large it is.", choices=tuple(PlaceKind.values)),
        **PAGE_PARAMETERS,
        "lang": LANG,
    }

    def read(self) -> dict[str, Any]:
        places = Place.objects.all()
        if "search" in self.values:
            places = places.named(self.values["search"])
        exact = {name: self.values[name] for name in ("country", "kind") if name in self.values}
        rows = places.filter(**exact).annotate(has_boundary=Q(boundary__isnull=False)).values(*COLUMNS, "has_boundary")
        page = self.page(rows, LARGEST_FIRST)
        return self.envelope(page, [place_row(row, self.language) for row in page.rows], LARGEST_FIRST)


class PlaceDetailView(ReadView):
    """One place, with its outline."""

    tag = "places"
    row_serializer = PlaceSerializer

    def read(self, id: uuid.UUID) -> dict[str, Any]:  # noqa: A002 (the name in the address)
        row = found(Place.objects.filter(pk=id).values(*COLUMNS, "boundary", "boundary_source").first())
        row["has_boundary"] = row["boundary"] is not None
        return place_row(row, self.language) | {
            "boundary": row["boundary"],
            "boundary_source": row["boundary_source"],
        }


class GroundView(KeptAnswerMixin, ReadView):
    """What is drawn under the markers of a map where there are no tiles: outlines and the largest towns.

    Two queries, whatever the view holds.
    """

    tag = "places"
    renderer_classes = [GeoJsonRenderer, OrjsonRenderer]
    throttle_classes = [LookingThrottle]
    row_serializer = GroundSerializer
    parameters = {
        "bbox": Area("The view: west,south,east,north in degrees. Without it, the whole world."),
        "zoom": Integer("How near one looks.", most=LAST_ZOOM, default=0),
        "lang": LANG,
    }

    @classmethod
    def operation(cls) -> str:
        return "ground"

    def read(self) -> dict[str, Any]:
        west, south, east, north = self.values.get("bbox", (-180.0, -90.0, 180.0, 90.0))
        found = ground(Box(south, west, north, east), self.values.get("zoom", 0))
        points = [(town, {"type": "Point", "coordinates": [town.longitude, town.latitude]}) for town in found.towns]
        features = [self._feature(place, shape, place.pk in found.named) for place, shape in [*found.outlines, *points]]
        return {"type": "FeatureCollection", "features": features, "credits": found.credits}

    def _feature(self, place: Place, geometry: dict[str, Any], is_named: bool) -> dict[str, Any]:  # noqa: FBT001
        about = {"name": place.name_in(self.language), "kind": place.kind, "is_named": is_named}
        return {"type": "Feature", "id": place.pk, "geometry": geometry, "properties": about}


def place_row(row: dict[str, Any], language: str) -> dict[str, Any]:
    """Return one row of the API for `.values(*COLUMNS)` and `has_boundary`."""
    box = {edge: row[edge] for edge in BOX_FIELDS}
    parent = {"id": row["parent_id"], "name": _name(row["parent__name"], row["parent__names"], language)}
    return {
        "id": row["id"],
        "name": _name(row["name"], row["names"], language),
        **{column: row[column] for column in ("kind", "country", "population", "latitude", "longitude")},
        "box": None if None in box.values() else box,
        "has_boundary": row["has_boundary"],
        "parent": parent if row["parent_id"] else None,
    }


def _name(name: str | None, names: dict[str, str] | None, language: str) -> str:
    return (names or {}).get(language) or name or ""
