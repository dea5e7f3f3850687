"""What a list page tells its map: where to ask for the same entries, and where to look first."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from cms.places.areas import written_area
from cms.places.geo import box_around

from .addresses import ListAddress
from .browse import AREA, FACETS
from .enums import Kind

API_NAMES = {Kind.HUB: "hubs", Kind.ORGANIZATION: "organizations", Kind.PROJECT: "projects", Kind.STORY: "stories"}
# Finer than what addresses of lists say, so that a place that has an address of its own is found exactly.
POINT_DECIMALS = 6


def map_of(address: ListAddress, language: str) -> dict[str, Any]:
    """Return addresses, the question for the API, and the box to begin with ("": wherever there is something)."""
    browse = address.browse
    asked = {name: ",".join(address.tokens[name]) for name in FACETS[browse.kind] if name in address.tokens}
    if browse.words:
        asked["q"] = " ".join(browse.words)
    view = address.tokens.get(AREA, ("",))[0]
    around = browse.around
    if around:
        asked["near"] = f"{around.latitude:.{POINT_DECIMALS}f},{around.longitude:.{POINT_DECIMALS}f}"
        asked["radius"] = f"{around.radius:g}"
        view = written_area(box_around(around.latitude, around.longitude, around.radius))
    return {
        "clusters_url": reverse(f"api-{API_NAMES[Kind(browse.kind)]}-clusters"),
        "ground_url": reverse("api-places-ground"),
        "query": urlencode(asked | {"lang": language}),
        "view": view,
        "tile_url": settings.MAP_TILE_URL,
        "credit": settings.MAP_TILE_CREDIT,
        "credit_url": settings.MAP_TILE_CREDIT_URL,
    }
