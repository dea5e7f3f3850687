"""How the address of a list says what is asked for, and which of all spellings is the one.

Parameters stand in alphabetical order, so that a proxy that sorts them changes nothing; values of one facet stand
behind each other with commas, sorted too; what is the default is left out. Every other spelling leads there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, QueryDict

from cms.core.api.parameters import MOST_VALUES, MOST_WORDS
from cms.places.areas import read_area
from cms.places.geo import Box
from cms.places.selectors import PlaceAnswer, find_places
from cms.taxonomy.selectors import Terms

from .browse import AREA, FACETS, HUB, LANGUAGE, ONLINE, OPEN, TYPE, VOCABULARIES, WORDS, Around, Browse
from .enums import Kind
from .facet_statement import TRUE
from .hub_names import HubName, hub_names, meant

NEAR, PLACE, RADIUS, SORT, PAGE = "near", "place", "radius", "sort", "page"
RELEVANCE, NEWEST, NEAREST, ENDING = "relevance", "newest", "nearest", "ending"
RADII = (5, 10, 20, 50, 100)
USUAL_RADIUS = 20
# About a kilometre: near enough for a list, and no address says where somebody lives.
POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,9})?),(-?\d{1,3}(?:\.\d{1,9})?)", re.ASCII)
POINT_DECIMALS = 2
LONGEST_TEXT = 100
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class ListKind:
    """What the lists of a kind can be asked: their facets, and the orders they can have, the usual one first."""

    kind: str
    sorts: tuple[str, ...]
    types: Mapping[str, Any] = field(default_factory=dict)

    def usual_sort(self, *, has_point: bool) -> str:
        """Return the order that needs no mention."""
        return NEAREST if has_point else self.sorts[0]


@dataclass
class ListAddress:
    """One address, read: what it asks for, how it is written, and whether something in it meant nothing."""

    tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)
    browse: Browse = field(default_factory=lambda: Browse(""))
    sort: str = RELEVANCE
    number: int = 1
    place: PlaceAnswer | None = None
    hubs: dict[Any, HubName] = field(default_factory=dict)
    has_ignored: bool = False

    def query(self, **changes: tuple[str, ...]) -> str:
        """Return the canonical query of this address with some parameters changed, () taking one away.

        Whatever is changed, the list begins anew; a point that is taken away takes its radius along.
        """
        tokens = {name: values for name, values in self.tokens.items() if not changes or name != PAGE} | changes
        if not tokens.get(PLACE) and not tokens.get(NEAR):
            tokens.pop(RADIUS, None)
            if tokens.get(SORT) == (NEAREST,):
                tokens.pop(SORT)
        pairs = [(name, ",".join(values)) for name, values in sorted(tokens.items()) if values]
        return urlencode(pairs, safe=",")

    @property
    def chosen(self) -> int:
        """How many values narrow the list down."""
        return sum(len(values) for name, values in self.tokens.items() if name not in {RADIUS, SORT, PAGE})


def read_address(query: QueryDict, about: ListKind, language: str, labels: Terms) -> ListAddress:
    """Read the query of a list. What means nothing is left out and noted; a page number that is none is a 404.

    At most one query for hubs and two for the place.
    """
    address = ListAddress()
    facets: dict[str, tuple[Any, ...]] = {}
    for name in FACETS[about.kind]:
        texts = _texts(query, name)
        values = _facet(name, texts, about, language, labels, address)
        if values:
            facets[name] = tuple(values.values())
            address.tokens[name] = tuple(values)
        address.has_ignored |= len(values) < len(set(texts))
    words = _words(query, address)
    around = _around(query, language, address)
    box = _area(query, address)
    _sort(query, about, address, has_point=around is not None)
    address.number = _page(query, address)
    address.browse = Browse(about.kind, facets, words=words, around=around, box=box)
    return address


def is_canonical(query: QueryDict, address: ListAddress) -> bool:
    """Return whether an address was written the one way it should be."""
    written = [(name, text) for name, texts in query.lists() for text in texts]
    return written == list(QueryDict(address.query()).items())


def _texts(query: QueryDict, name: str) -> list[str]:
    texts = [text.strip() for given in query.getlist(name) for text in given.split(",")]
    return [text for text in texts if text][:MOST_VALUES]


def _facet(
    name: str, texts: list[str], about: ListKind, language: str, labels: Terms, address: ListAddress
) -> dict[str, Any]:
    """Return the values of a facet by how they are written, in the order of their writing."""
    found: dict[str, Any] = {}
    if name == HUB:
        address.hubs = hub_names(language, tokens=texts) if texts else {}
        hubs = [hub for hub in (meant(text, address.hubs) for text in texts) if hub]
        found = {hub.token: hub.key for hub in hubs}
    elif name == LANGUAGE:
        found = {text: text for text in texts if text in dict(settings.LANGUAGES)}
    elif name in {OPEN, ONLINE}:
        found = {TRUE: True} if TRUE in texts else {}
    elif name == TYPE and about.kind == Kind.HUB:
        found = {text: text for text in texts if text in about.types}
    else:
        terms = [term for term in (labels.find(VOCABULARIES[name], text) for text in texts) if term]
        found = {term.slug: term.key for term in terms}
    return dict(sorted(found.items()))


def _line(query: QueryDict, name: str) -> str:
    return " ".join(CONTROL.sub(" ", query.get(name, "")).split())[:LONGEST_TEXT].strip()


def _words(query: QueryDict, address: ListAddress) -> tuple[str, ...]:
    words = tuple(_line(query, WORDS).split()[:MOST_WORDS])
    if words:
        address.tokens[WORDS] = (" ".join(words),)
    return words


def _around(query: QueryDict, language: str, address: ListAddress) -> Around | None:
    """Return the circle that is asked for; a place that is named wins over a point."""
    radius = next((km for km in RADII if str(km) == query.get(RADIUS)), USUAL_RADIUS)
    text, point = _line(query, PLACE), _point(query)
    if text:
        address.place = answer = find_places(text, language)
        address.tokens[PLACE] = (answer.token,)
        found = answer.place
        around = Around(found.latitude, found.longitude, radius) if found else None
    elif point:
        address.tokens[NEAR] = (f"{point[0]:g},{point[1]:g}",)
        around = Around(*point, radius)
    else:
        address.has_ignored |= bool(query.get(NEAR))
        return None
    if radius != USUAL_RADIUS:
        address.tokens[RADIUS] = (str(radius),)
    return around


def _area(query: QueryDict, address: ListAddress) -> Box | None:
    """Return the part of the map that is asked for; a place or point that is asked for wins over it."""
    text = query.get(AREA, "")
    if not text or {PLACE, NEAR} & address.tokens.keys():
        return None
    found = read_area(text)
    address.has_ignored |= found is None
    if found is None:
        return None
    box, written = found
    address.tokens[AREA] = (written,)
    return box


def _point(query: QueryDict) -> tuple[float, float] | None:
    match = POINT.fullmatch(query.get(NEAR, ""))
    if match is None:
        return None
    latitude, longitude = (round(float(text), POINT_DECIMALS) + 0.0 for text in match.groups())
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 (degrees of the globe)
    return (latitude, longitude) if is_on_earth else None


def _sort(query: QueryDict, about: ListKind, address: ListAddress, *, has_point: bool) -> None:
    usual = about.usual_sort(has_point=has_point)
    possible = {*about.sorts, *([NEAREST] if has_point else [])}
    wanted = query.get(SORT, "")
    address.sort = wanted if wanted in possible else usual
    address.has_ignored |= bool(wanted) and wanted not in possible
    if address.sort != usual:
        address.tokens[SORT] = (address.sort,)


def _page(query: QueryDict, address: ListAddress) -> int:
    text = query.get(PAGE, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):  # noqa: PLR2004 (digits)
        raise Http404
    if int(text) > 1:
        address.tokens[PAGE] = (str(int(text)),)
    return int(text)
