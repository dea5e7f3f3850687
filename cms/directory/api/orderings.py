"""The orders that entry lists can have."""

from typing import Any

from django.db.models.functions import Lower

from cms.core.api.pagination import SortKey, read_date, read_time
from cms.core.api.parameters import Choice
from cms.directory.browse import Around
from cms.directory.querysets import EntryQuerySet
from cms.places.expressions import DistanceKm, DistanceRank

RANK, DISTANCE = "rank", "distance"

ENTRY_ORDERINGS: dict[str, SortKey] = {
    RANK: SortKey("rank", float, is_descending=True),
    "newest": SortKey("published_at", read_time, is_descending=True, is_nullable=True),
    "oldest": SortKey("published_at", read_time, is_nullable=True, is_mirrored=True),
    "activity": SortKey("last_activity_at", read_time, is_descending=True),
    "title": SortKey("sorted_title", str, is_worded=True),
    "ending": SortKey("end_date", read_date, is_nullable=True, are_nulls_last=True),
    DISTANCE: SortKey("sorted_distance", float),
}
# Stories are told by their own date, which can lie before the day they were put up.
STORY_ORDERINGS: dict[str, SortKey] = ENTRY_ORDERINGS | {
    "newest": SortKey("start_date", read_date, is_descending=True, is_nullable=True, are_nulls_last=True),
    "oldest": SortKey("start_date", read_date, is_nullable=True, are_nulls_last=True),
}


def ordering_parameter(orderings: dict[str, SortKey]) -> Choice:
    """Return the parameter that chooses among orders."""
    return Choice(
        "The order. `rank`: the liveliest and most complete first (the default). `newest`, `oldest`: by the day it was"
        " published, stories by their date. `activity`: latest activity first. `ending`: what ends first; what has no"
        " end last. `distance`: the nearest first, needs `near`.",
        choices=tuple(orderings),
    )


def prepared(entries: EntryQuerySet, key: SortKey, around: Around | None) -> EntryQuerySet:
    """Annotate what the order needs beyond stored columns."""
    annotations: dict[str, Any] = {}
    if key.name == "sorted_title":
        annotations["sorted_title"] = Lower("text_title")
    if around:
        point = ("latitude", "longitude", around.latitude, around.longitude)
        annotations["distance_km"] = DistanceKm(*point)
        if key.name == "sorted_distance":
            annotations["sorted_distance"] = DistanceRank(*point)
    return entries.annotate(**annotations)
