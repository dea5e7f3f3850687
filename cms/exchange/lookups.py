"""Finds what cells name: terms, hubs, organizations, projects, places. Read once for a file, not once for a row."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.directory.enums import Kind
from cms.directory.models import Entry, EntryText
from cms.places.enums import PlaceSource
from cms.places.geo import great_circle_km
from cms.places.models import Place
from cms.places.names import folded
from cms.taxonomy.models import TERM_MODELS, Term

from .tables import CellRefusedError, shortened

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://groundswell.example/import/")
NEAR_KM = 25.0
PARTS = re.compile(r"[;|\n]")


def key_of(kind: str, key: str) -> uuid.UUID:
    """Return the public id of what a file calls `key`: the key itself if it is one, else one derived from it."""
    try:
        return uuid.UUID(key)
    except ValueError:
        return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


@dataclass
class Lookups:
    """Names and ids by what people write. `entries` grows while a file is read: rows may name rows before them."""

    terms: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    entries: dict[str, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    slugs: dict[str, dict[str, set[uuid.UUID]]] = field(default_factory=dict)
    parents: dict[uuid.UUID, uuid.UUID | None] = field(default_factory=dict)
    places: dict[tuple[str, ...], Place | None] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Lookups":
        """Read every term, and the names of every hub, organization and project."""
        lookups = cls(terms={model.vocabulary: _terms_by_word(model) for model in TERM_MODELS})
        kinds = (Kind.HUB, Kind.ORGANIZATION, Kind.PROJECT)
        for pk, kind, parent in Entry.objects.filter(kind__in=kinds).values_list("pk", "kind", "parent_id"):
            lookups.entries[kind].add(pk)
            lookups.parents[pk] = parent
        lookups.slugs = {kind: defaultdict(set) for kind in kinds}
        texts = EntryText.objects.filter(entry__kind__in=kinds).order_by()
        for kind, slug, pk in texts.values_list("entry__kind", "slug", "entry_id").iterator():
            lookups.slugs[kind][slug].add(pk)
        return lookups

    def term(self, vocabulary: str, text: str) -> Term:
        """Return the term with that key, id, or name in any language. Raises CellRefusedError."""
        found = self.terms[vocabulary].get(_word(text), [])
        if len(found) == 1:
            return found[0]
        message = _("«%(text)s» names several terms; please use its key.") if found else _("There is no «%(text)s».")
        raise CellRefusedError(message % {"text": shortened(text, 60)})

    def term_list(self, vocabulary: str, text: str) -> list[Term]:
        """Return the terms that a cell lists."""
        return self._each(text, lambda part: self.term(vocabulary, part))

    def entry(self, kind: str, text: str) -> uuid.UUID:
        """Return the id of the entry with that key in a file, id or last part of its address."""
        key = key_of(kind, text)
        if key in self.entries[kind]:
            return key
        found = self.slugs[kind].get(text.casefold(), set())
        if len(found) == 1:
            return next(iter(found))
        message = _("«%(text)s» names several of them.") if found else _("There is no «%(text)s».")
        raise CellRefusedError(message % {"text": shortened(text, 60)})

    def entry_list(self, kind: str, text: str) -> list[uuid.UUID]:
        """Return the ids of the entries that a cell lists."""
        return self._each(text, lambda part: self.entry(kind, part))

    def _each(self, text: str, find: Any) -> list[Any]:
        """Find the parts of a list; commas part it only where nothing else does and the whole is no name itself."""
        parts = _parts(PARTS.split(text))
        if len(parts) == 1 and "," in text:
            try:
                return [find(text)]
            except CellRefusedError:
                parts = _parts(text.split(","))
        return list(dict.fromkeys(find(part) for part in parts))

    def is_above_itself(self, key: uuid.UUID, parent: uuid.UUID | None) -> bool:
        """Return whether something would belong to itself, directly or through others."""
        seen: set[uuid.UUID] = set()
        while parent is not None and parent not in seen:
            if parent == key:
                return True
            seen.add(parent)
            parent = self.parents.get(parent)
        return False

    def add(self, kind: str, key: uuid.UUID, parent: uuid.UUID | None) -> None:
        """Note that there will be something under a key, for the rows after it."""
        self.entries[kind].add(key)
        self.parents[key] = parent

    def place(self, *, identity: str, name: str, country: str, position: tuple[float, float] | None) -> Place:
        """Return the place that cells describe; one that is not stored yet when they describe it fully.

        `position` is latitude and longitude in degrees. Raises CellRefusedError.
        """
        key = (identity, folded(name), country.upper(), str(position))
        if key not in self.places:
            self.places[key] = _find_place(identity, name, country.upper(), position)
        place = self.places[key]
        if place is None:
            message = _("There is no place «%(text)s». With country, latitude and longitude it would be added.")
            raise CellRefusedError(
                message % {"text": shortened(", ".join(part for part in (name, country) if part), 80)}
            )
        return place


def _terms_by_word(model: type[Term]) -> dict[str, list[Term]]:
    """Return the first row of each term by its key, id and names in every language."""
    first: dict[uuid.UUID, Term] = {}
    words: dict[str, list[Term]] = defaultdict(list)
    for term in model.objects.order_by("pk"):
        chosen = first.setdefault(term.translation_key, term)
        for word in (term.slug, term.name, str(term.translation_key)):
            if chosen not in words[_word(word)]:
                words[_word(word)].append(chosen)
    # A key is meant before a name: «energy» is the term with that key even if another one is called so.
    for term in first.values():
        words[_word(term.slug)] = [term]
    return words


def _word(text: str) -> str:
    return " ".join(text.casefold().split())


def _parts(parts: Iterable[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]


def _find_place(identity: str, name: str, country: str, position: tuple[float, float] | None) -> Place | None:
    known = _by_identity(identity)
    if known is not None:
        return known
    if not name:
        return _nearest(position, country) if position else None
    candidates = Place.objects.filter(search_names__folded=folded(name)).distinct()
    if country:
        candidates = candidates.filter(country=country)
    if position is None:
        return candidates.order_by("-population", "pk").first()
    near = [(great_circle_km(*position, place.latitude, place.longitude), str(place.pk), place) for place in candidates]
    if near and min(near)[0] <= NEAR_KM and not identity:
        return min(near)[2]
    return _new_place(identity, name, country, position) if country else None


def _by_identity(identity: str) -> Place | None:
    try:
        return Place.objects.filter(pk=uuid.UUID(identity)).first() if identity else None
    except ValueError as error:
        raise CellRefusedError(_("This is not the id of a place.")) from error


def _nearest(position: tuple[float, float], country: str) -> Place | None:
    places = Place.objects.within_radius(*position, NEAR_KM)
    if country:
        places = places.filter(country=country)
    return places.order_by_distance(*position).first()


def _new_place(identity: str, name: str, country: str, position: tuple[float, float]) -> Place:
    latitude, longitude = position
    key = uuid.UUID(identity) if identity else uuid.uuid5(NAMESPACE, f"{folded(name)}|{country}|{latitude}|{longitude}")
    known = Place.objects.filter(pk=key).first()
    return known or Place(
        id=key, source=PlaceSource.OWN, source_id=str(key), name=name, country=country,
        latitude=latitude, longitude=longitude,
    )  # fmt: skip
