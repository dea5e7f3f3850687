"""Reads: what fits a query, how often by kind, what editors put first, what to suggest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from cms.directory.models import Entry
from cms.places.models import PlaceName
from cms.places.names import folded
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import shown_terms

from .backends import Hit, Scope, backend
from .backends.base import MOST_CANDIDATES
from .models import Promotion, SearchDocument
from .queries import Query, parse
from .spelling import completions, did_you_mean

# With fewer results than these, longer words count as well.
FEW = 5
MOST_PROMOTED = 5
# Enough for what somebody types; each further word makes more phrases to look up.
LONGEST_PHRASE = 8
MOST_SUGGESTIONS, MOST_TERMS, MOST_PLACES = 8, 2, 2
# Suggestions are sorted here: those that begin with the text, then those with a word that does.
TITLE_CANDIDATES = 100
SHORTEST_SUGGESTED = 2


@dataclass(frozen=True)
class Outcome:
    """What a search has found. `query` is what was searched for in the end.

    `meant` is the query with its typing errors mended: the hits are its own, as what was written finds nothing.
    `counts` holds all kinds, whatever kind was asked for; with `is_capped` there are more.
    """

    query: Query
    hits: Sequence[Hit] = ()
    counts: dict[str, int] = field(default_factory=dict)
    is_capped: bool = False
    meant: str | None = None

    @cached_property
    def total(self) -> int:
        return sum(self.counts.values())


def search(text: str, scope: Scope) -> Outcome:
    """Return what fits a text, the best first. One statement, and up to three more when hardly anything fits.

    Few results: words may go on as well. None: typing errors are mended. One statement more again when more fits than
    is ranked and one kind is asked for. On PostgreSQL common words are read beforehand, once a minute.
    """
    outcome = _search(parse(text), scope)
    if outcome.total < FEW and not outcome.query.is_empty:
        outcome = _widened(outcome, scope)
    if outcome.total or outcome.query.is_empty:
        return outcome
    meant = did_you_mean(outcome.query, scope.language)
    corrected = _search(parse(meant), scope) if meant else outcome
    return replace(corrected, meant=meant) if corrected.total else outcome


def _widened(exact: Outcome, scope: Scope) -> Outcome:
    """Return the outcome with what has longer words behind it."""
    query = replace(exact.query, is_widened=True)
    if not query.beginnings:
        return exact
    wide = _search(query, scope)
    if not wide.total:
        return exact
    first = {hit.id for hit in exact.hits}
    return replace(wide, hits=[*exact.hits, *(hit for hit in wide.hits if hit.id not in first)])


def _search(query: Query, scope: Scope) -> Outcome:
    engine = backend()
    found = engine.hits(query, replace(scope, kind=None))
    is_capped = len(found) > MOST_CANDIDATES
    found = found[:MOST_CANDIDATES]
    hits = found
    if scope.kind is not None:
        hits = engine.hits(query, scope) if is_capped else [hit for hit in found if hit.kind == scope.kind]
    return Outcome(query, hits[:MOST_CANDIDATES], dict(Counter(hit.kind for hit in found)), is_capped)


class FoundDocument(NamedTuple):
    """What is shown of a document: making a model of each row would take longer than finding it."""

    id: int
    object_id: UUID
    kind: str
    language: str
    configuration: str
    title: str
    summary: str
    body: str
    paths: dict[str, str]


def documents(hits: Sequence[Hit]) -> list[tuple[Hit, FoundDocument]]:
    """Return the documents of hits in their order, without those that went a moment ago. One query."""
    rows = SearchDocument.objects.filter(pk__in=[hit.id for hit in hits]).values_list(*FoundDocument._fields)
    found = {row[0]: FoundDocument(*row) for row in rows}
    return [(hit, found[hit.id]) for hit in hits if hit.id in found]


def promotions(query: Query, language: str) -> list[dict[str, Any]]:
    """Return what editors put first for a query: id, kind, title, summary, path or address. One query."""
    phrases = _phrases(query)
    if not phrases:
        return []
    chosen = (
        Promotion.objects.filter(folded_phrase__in=phrases, locale__language_code=language)
        .order_by("position", "pk")
        .values("pk", "entry_id", "address", "title", "summary")
    )
    rows = list(chosen[:MOST_PROMOTED])
    entries = _entries([row["entry_id"] for row in rows if row["entry_id"]], language)
    found = [entries.get(row["entry_id"]) if row["entry_id"] else _address(row) for row in rows]
    return [row for row in found if row]


def _phrases(query: Query) -> list[str]:
    words = folded(" ".join(query.wanted)).split()[:LONGEST_PHRASE]
    return [" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)]


def _entries(ids: Sequence[UUID], language: str) -> dict[UUID, dict[str, Any]]:
    if not ids:
        return {}
    columns = ("id", "kind", "paths", "shown_language", "text_title", "text_summary")
    rows = Entry.objects.published().filter(pk__in=ids).with_text(language).values(*columns)
    return {
        row["id"]: {
            "id": row["id"],
            "kind": row["kind"],
            "title": row["text_title"] or "",
            "summary": row["text_summary"] or "",
            "url": row["paths"].get(language) or row["paths"].get(row["shown_language"], ""),
        }
        for row in rows
    }


def _address(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": None, "kind": None, "title": row["title"], "summary": row["summary"], "url": row["address"]}


@dataclass(frozen=True)
class Suggestion:
    """Something that somebody may be about to type. `path` leads to it, if it is one thing; else it is to search for.

    `kind` is the kind of a thing, `sector`, `skill`, `place`, or `word`.
    """

    text: str
    kind: str
    path: str = ""
    id: UUID | None = None


def suggestions(text: str, language: str) -> list[Suggestion]:
    """Return up to eight suggestions for an unfinished text: things by their title, terms, places. Up to four queries.

    Where nothing fits, the text with its last word mended.
    """
    begun = folded(text)
    if len(begun) < SHORTEST_SUGGESTED:
        return []
    words = [*_terms(begun, language), *_places(begun, language)]
    titles = _titles(begun, language)[: MOST_SUGGESTIONS - len(words)]
    if not titles and not words:
        return [Suggestion(other, "word") for other in completions(text, language)]
    return [*titles, *words]


def _titles(begun: str, language: str) -> list[Suggestion]:
    rows = (
        SearchDocument.objects.filter(backend().titles(begun), is_public=True, readers__contains=f",{language},")
        .order_by("-weight", "pk")
        .values_list("title", "kind", "paths", "object_id", "folded_title")[:TITLE_CANDIDATES]
    )
    near = sorted(rows, key=lambda row: (not row[4].startswith(begun), f" {begun}" not in f" {row[4]}"))
    return [Suggestion(title, kind, paths.get(language, ""), key) for title, kind, paths, key, _folded in near]


def _terms(begun: str, language: str) -> list[Suggestion]:
    labels = shown_terms(language)
    every = [label for name in (Vocabulary.SECTOR, Vocabulary.SKILL) for label in labels.of(name)]
    fitting = [label for label in every if f" {begun}" in f" {folded(label.name)}" and label.counterpart is None]
    return [Suggestion(label.name, label.vocabulary) for label in fitting[:MOST_TERMS]]


def _places(begun: str, language: str) -> list[Suggestion]:
    """Return places where something public is."""
    used = Entry.objects.published().filter(place=OuterRef("place"))
    names = (
        PlaceName.objects.starting_with(begun)
        .filter(Exists(used))
        .order_by("-place__population", "place")
        .values_list("place", "place__name", "place__names")
    )
    found: dict[Any, str] = {}
    for key, name, by_language in names[: MOST_PLACES * 6]:
        found.setdefault(key, by_language.get(language) or name)
    return [Suggestion(name, "place") for name in list(found.values())[:MOST_PLACES]]
