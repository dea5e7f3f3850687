"""Entries as GeoJSON (RFC 7946): a list by pages, and what one view of a map shows. Longitude comes first in both."""

import math
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from cms.core.api.kept import KeptAnswerMixin
from cms.core.api.pagination import Slice, SortKey
from cms.core.api.parameters import LAST_ZOOM, Area, Integer, Parameter, refuse
from cms.core.api.renderers import GeoJsonRenderer, OrjsonRenderer
from cms.core.api.serializers import selectable
from cms.core.api.throttling import LookingThrottle
from cms.core.api.views import ReadView
from cms.core.art import NO_SECTOR, art_slug
from cms.directory.clusters import WHOLE_WORLD, Cluster, MapView, is_too_large, map_view
from cms.directory.counted import counted
from cms.directory.enums import Kind
from cms.directory.querysets import EntryQuerySet
from cms.places.geo import Box
from cms.taxonomy.selectors import terms

from .facets import counted_parameters
from .filters import browse_of, check_position
from .orderings import DISTANCE
from .references import resolve
from .serializers import ClusterCollectionSerializer, EntryFeatureSerializer, feature_page_of
from .views import EntryListView

GEOJSON = [GeoJsonRenderer, OrjsonRenderer]
# A tenth of a metre: whoever asks for the box again gets what lies on its edge.
DECIMALS = 6
ZOOM = Integer(
    "How near one looks: the width of the world is 256 pixels at 0 and doubles with each.", most=LAST_ZOOM, default=0
)
VIEW = Area(
    "The view: west,south,east,north in degrees. A western edge east of the eastern one spans the antimeridian."
    " Without it, the whole world."
)


class EntryGeoJsonView(EntryListView):
    """The public entries of a kind that have a position, as GeoJSON, in at most four queries."""

    renderer_classes = GEOJSON
    more_columns = ("latitude", "longitude")

    @classmethod
    def operation(cls) -> str:
        return "geojson"

    @classmethod
    def answer_serializer(cls) -> type[serializers.Serializer]:
        return feature_page_of(EntryFeatureSerializer, selectable(cls.row_serializer))

    def listed(self, entries: EntryQuerySet) -> EntryQuerySet:
        return entries.filter(latitude__isnull=False, longitude__isnull=False)

    def shown(self, row: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
        point = _point(stored["longitude"], stored["latitude"])
        return {"type": "Feature", "id": row["id"], "geometry": point, "properties": self.chosen(row)}

    def envelope(self, page: Slice, results: list[dict[str, Any]], key: SortKey) -> dict[str, Any]:
        """Return the page as a collection; other members are allowed beside those of GeoJSON."""
        links = super().envelope(page, [], key)
        return {"type": "FeatureCollection", "features": results, "next": links["next"], "previous": links["previous"]}


class EntryClustersView(KeptAnswerMixin, ReadView):
    """What one view of the map shows of the public entries of a kind, in at most four queries.

    The answer is kept until something public changes: who opens the map sees what everybody sees.
    """

    renderer_classes = GEOJSON
    throttle_classes = [LookingThrottle]
    row_serializer = ClusterCollectionSerializer
    kind: ClassVar[Kind]
    # The name of the address of the same entries one by one.
    entries_url: ClassVar[str]

    @classmethod
    def operation(cls) -> str:
        return "clusters"

    def read(self) -> dict[str, Any]:
        check_position(self.values, DISTANCE if "near" in self.values else "")
        labels = terms(self.language)
        values = {**self.values, **resolve(self.parameters, self.values)}
        browse = browse_of(self.kind, values, labels)
        zoom = self.values.get("zoom", 0)
        if browse.box and is_too_large(browse.box, zoom):
            raise refuse("bbox", _("No screen shows so much at this zoom. Ask for a smaller box or a smaller zoom."))
        if not browse.box and is_too_large(WHOLE_WORLD, zoom):
            raise refuse("zoom", _("No screen shows the world at this zoom. Say which part in bbox."))
        view = map_view(browse, labels, self.language, zoom)
        return self._collection(view, zoom)

    def _collection(self, view: MapView, zoom: int) -> dict[str, Any]:
        features = [self._cluster(cluster, zoom) for cluster in view.clusters]
        features += [self._entry(card) for card in view.cards]
        collection = {"type": "FeatureCollection", "features": features, "count": view.count}
        return collection | {"label": counted(self.kind, view.count)}

    def _cluster(self, cluster: Cluster, zoom: int) -> dict[str, Any]:
        latitude, longitude = cluster.position
        edges = _edges(cluster.box)
        return {
            "type": "Feature",
            "bbox": edges,
            "geometry": _point(round(longitude, DECIMALS), round(latitude, DECIMALS)),
            "properties": {
                "type": "cluster",
                "label": counted(self.kind, cluster.count),
                "count": cluster.count,
                "can_split": cluster.can_split(zoom),
                "entries": self._entries(edges),
            },
        }

    def _entries(self, edges: list[float]) -> str:
        """Return where the entries of a box are told one by one, narrowed down like these."""
        asked = {name: text for name, text in self.request.GET.items() if name != "zoom"}
        asked["bbox"] = ",".join(f"{edge:.{DECIMALS}f}" for edge in edges)
        return self.absolute(f"{reverse(self.entries_url)}?{urlencode(asked, safe=',')}")

    def _entry(self, card: dict[str, Any]) -> dict[str, Any]:
        image = card["image"]
        art = reverse("art", args=[card["sector_hue"] or NO_SECTOR, art_slug(card["title"])])
        return {
            "type": "Feature",
            "id": card["id"],
            "geometry": _point(card["longitude"], card["latitude"]),
            "properties": {
                "type": "entry",
                "label": card["title"],
                "kind": card["kind"],
                "title": card["title"],
                "language": card["language"] or self.language,
                "url": self.absolute(card["url"]),
                "sector": card["sector_name"] or str(card["kind_label"]),
                "hue": card["sector_hue"],
                "status": card["status_name"],
                "place": card["place_name"],
                "facts": card["meta"],
                "image": {"url": self.absolute(image["url"]), "alt": image["alt"]} if image else None,
                "illustration": self.absolute(art),
            },
        }


def view_parameters(listed: dict[str, Parameter]) -> dict[str, Parameter]:
    """Return the parameters of a map from those of the list: its filters, the view and how near one looks."""
    return counted_parameters(listed) | {"bbox": VIEW, "zoom": ZOOM}


def _point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _edges(box: Box) -> list[float]:
    """Return a box as GeoJSON has it, rounded outwards so that nothing on its edge is lost."""
    step = 10**DECIMALS
    west, south = math.floor(box.west * step) / step, math.floor(box.south * step) / step
    east, north = math.ceil(box.east * step) / step, math.ceil(box.north * step) / step
    return [max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0)]
