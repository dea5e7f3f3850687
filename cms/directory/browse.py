"""What somebody asks a list for: one checked value that pages and API read in their own ways and apply alike."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cms.places.geo import Box
from cms.places.models import Place
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import Terms

from .enums import Attendance, Kind
from .models import Entry
from .querysets import EntryQuerySet

HUB, ORGANIZATION, SECTOR, SKILL, STATUS, TYPE = "hub", "organization", "sector", "skill", "status", "type"
LANGUAGE, OPEN, ONLINE = "language", "open", "online"
# Asked for beside the facets; they stand here so that one of them can be left out like a facet.
WORDS, AROUND, AREA = "q", "near", "bbox"

VOCABULARIES = {
    SECTOR: Vocabulary.SECTOR,
    SKILL: Vocabulary.SKILL,
    STATUS: Vocabulary.PROJECT_STATUS,
    TYPE: Vocabulary.ORGANIZATION_TYPE,
}
# The facets of each kind, in the order in which they are shown.
FACETS: dict[str, tuple[str, ...]] = {
    Kind.HUB: (SECTOR, TYPE, LANGUAGE),
    Kind.ORGANIZATION: (SECTOR, TYPE, HUB, LANGUAGE),
    Kind.PROJECT: (SECTOR, STATUS, OPEN, ONLINE, SKILL, HUB, LANGUAGE),
    Kind.STORY: (SECTOR, HUB, LANGUAGE),
}


@dataclass(frozen=True)
class Around:
    """A point in degrees and, unless the whole world is asked, the reach around it in kilometres."""

    latitude: float
    longitude: float
    radius: float | None = None


@dataclass(frozen=True)
class Browse:
    """What a list is narrowed down to.

    `facets` holds the chosen values by facet: ids of entries, keys of terms, codes of languages, truth values. Values
    of one facet widen it, facets narrow each other. `words` all have to be in one text of the entry.
    """

    kind: str
    facets: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    around: Around | None = None
    box: Box | None = None
    within: Place | None = None
    parent: uuid.UUID | None = None

    @property
    def question(self) -> str:
        """The same text for the same list, whatever order its values were given in."""
        facets = {name: tuple(sorted(map(str, self.facets[name]))) for name in sorted(self.facets)}
        # A place is named by its key; all else says what it is, also what is added one day.
        return repr((replace(self, facets=facets, within=None), self.within and self.within.pk))

    def without(self, name: str) -> "Browse":
        """Return the same without one facet, the words, the point or the box."""
        if name == WORDS:
            return replace(self, words=())
        if name == AROUND:
            return replace(self, around=None)
        if name == AREA:
            return replace(self, box=None)
        return replace(self, facets={facet: values for facet, values in self.facets.items() if facet != name})


Narrow = Callable[[EntryQuerySet, tuple[Any, ...]], EntryQuerySet]


def _online(entries: EntryQuerySet, answers: tuple[bool, ...]) -> EntryQuerySet:
    wanted = {Attendance.ONLINE, Attendance.BOTH} if True in answers else set()
    return entries.filter(attendance__in=wanted | ({Attendance.PLACE} if False in answers else set()))


NARROW: dict[str, Narrow] = {
    HUB: lambda entries, ids: entries.in_hub(*ids),
    ORGANIZATION: lambda entries, ids: entries.of_organization(*ids),
    LANGUAGE: lambda entries, codes: entries.written_in(*codes),
    OPEN: lambda entries, answers: entries.filter(is_open__in=answers),
    ONLINE: _online,
}


def narrowed(browse: Browse, labels: Terms) -> EntryQuerySet:
    """Return the public entries that were asked for, in no order."""
    entries: EntryQuerySet = Entry.objects.published().of_kind(browse.kind)
    for name, values in browse.facets.items():
        if name in NARROW:
            entries = NARROW[name](entries, values)
        elif browse.kind == Kind.HUB and name == TYPE:
            entries = entries.filter(hub_kind__in=values)
        else:
            entries = entries.with_term(set().union(*(labels.subtree(key) for key in values)))
    if browse.parent:
        entries = entries.filter(parent_id=browse.parent)
    if browse.words:
        entries = entries.saying(browse.words)
    return _placed(entries, browse)


def _placed(entries: EntryQuerySet, browse: Browse) -> EntryQuerySet:
    if browse.within is not None:
        entries = entries.inside(browse.within)
    if browse.box is not None:
        entries = entries.in_bbox(*browse.box)
    around = browse.around
    if around is None:
        return entries
    if around.radius is None:
        return entries.filter(latitude__isnull=False, longitude__isnull=False)
    return entries.within_radius(around.latitude, around.longitude, around.radius)
