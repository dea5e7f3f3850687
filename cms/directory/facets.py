"""How many entries each value of each facet would show, in one statement.

A facet is counted with all other facets applied, so that its numbers say what choosing one more of its values brings.
A term counts everything below it, an entry once however many of its terms lie there.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from cms.core.page_cache.answers import KeptAnswer
from cms.taxonomy.selectors import TermLabel, Terms

from .browse import FACETS, HUB, LANGUAGE, ONLINE, OPEN, TYPE, VOCABULARIES, Browse, narrowed
from .enums import Attendance, Kind, State
from .models import Entry, EntryHub, EntryTerm, EntryText

TOTAL, EVERYTHING = "total", "everything"
TRUE, FALSE = "true", "false"
ENTRIES, LANGUAGES, TRUTHS = {HUB}, {LANGUAGE}, {OPEN, ONLINE}
COLUMNS = ("facet", "value", "number")


@dataclass
class Counts:
    """What was counted: everything that is public of the kind, what was asked for, and the values of each facet."""

    everything: int = 0
    total: int = 0
    # Keys of terms and ids of hubs are UUIDs; languages, kinds of hubs and truth values are texts.
    values: dict[str, dict[Any, int]] = field(default_factory=dict)

    def of(self, facet: str, value: Any) -> int:
        """Return how many entries a value would show."""
        return self.values.get(facet, {}).get(value, 0)


def count_facets(browse: Browse, labels: Terms) -> Counts:
    """Return the numbers beside the facets of a list, at most a minute old. One statement at most."""
    kept = KeptAnswer(f"facets {browse.question}")
    counts = kept.get()
    if counts is None:
        counts = read_counts(browse, labels)
        kept.keep(counts)
    return counts


def read_counts(browse: Browse, labels: Terms) -> Counts:
    """Count every value of every facet. One statement, whatever was asked for."""
    asked = narrowed(browse, labels)
    branches = [
        _number(Entry.objects.published().of_kind(browse.kind), EVERYTHING),
        _number(asked, TOTAL),
        *_branches(browse, labels, asked),
    ]
    counts = Counts()
    for facet, value, number in branches[0].union(*branches[1:], all=True):
        if facet == EVERYTHING:
            counts.everything = number
        elif facet == TOTAL:
            counts.total = number
        elif number:
            _note(counts, facet, value, number, labels)
    return counts


def count_without(browse: Browse, labels: Terms, names: Iterable[str]) -> dict[str, int]:
    """Return how many entries there would be without each of the facets, the words or the point. One statement."""
    branches = [_number(narrowed(browse.without(name), labels), name) for name in names]
    if not branches:
        return {}
    return {name: number for name, _value, number in branches[0].union(*branches[1:], all=True)}


def facet_terms(labels: Terms, facet: str) -> list[TermLabel]:
    """Return the terms that a facet offers: a hub's own count as their counterparts."""
    return [label for label in labels.of(VOCABULARIES[facet]) if label.counterpart is None]


def _note(counts: Counts, facet: str, value: str, number: int, labels: Terms) -> None:
    if facet == HUB:
        counts.values.setdefault(facet, {})[uuid.UUID(value)] = number
    elif facet in TRUTHS | LANGUAGES | {TYPE}:
        counts.values.setdefault(facet, {})[value] = number
    elif label := labels.by_key.get(uuid.UUID(value)):
        name = next(name for name, vocabulary in VOCABULARIES.items() if vocabulary == label.vocabulary)
        counts.values.setdefault(name, {})[label.key] = number


def _branches(browse: Browse, labels: Terms, asked: QuerySet[Any]) -> Iterator[QuerySet[Any]]:
    open_terms = []
    for facet in FACETS[browse.kind]:
        is_chosen = facet in browse.facets
        entries = narrowed(browse.without(facet), labels) if is_chosen else asked
        if facet == HUB:
            yield _hubs(entries)
        elif facet == LANGUAGE:
            yield _languages(entries)
        elif facet in TRUTHS:
            yield _truth(entries, facet)
        elif facet == TYPE and browse.kind == Kind.HUB:
            yield _grouped(entries.annotate(facet=_text(TYPE), value=F("hub_kind")))
        elif is_chosen:
            yield from _terms(entries, labels, [facet])
        else:
            open_terms.append(facet)
    # Facets in which nothing is chosen are counted over the same entries, hence together.
    yield from _terms(asked, labels, open_terms)


def _text(text: str) -> Value:
    return Value(text, output_field=TextField())


def _grouped(rows: QuerySet[Any], number: Any = None) -> QuerySet[Any]:
    counted = rows.order_by().values("facet", "value").annotate(number=number or Count("pk"))
    return counted.values_list(*COLUMNS)


def _number(entries: QuerySet[Any], name: str) -> QuerySet[Any]:
    return _grouped(entries.annotate(facet=_text(name), value=_text("")))


def _truth(entries: QuerySet[Any], facet: str) -> QuerySet[Any]:
    is_true = {OPEN: Q(is_open=True), ONLINE: Q(attendance__in=[Attendance.ONLINE, Attendance.BOTH])}[facet]
    answer = Case(When(is_true, then=_text(TRUE)), default=_text(FALSE))
    return _grouped(entries.annotate(facet=_text(facet), value=answer))


def _hubs(entries: QuerySet[Any]) -> QuerySet[Any]:
    links = EntryHub.objects.filter(entry__in=entries.values("pk"), hub__state=State.PUBLISHED)
    return _grouped(links.annotate(facet=_text(HUB), value=Cast("hub_id", TextField())))


def _languages(entries: QuerySet[Any]) -> QuerySet[Any]:
    texts = EntryText.objects.live().filter(entry__in=entries.values("pk"))
    return _grouped(texts.annotate(facet=_text(LANGUAGE), value=F("language")))


def _terms(entries: QuerySet[Any], labels: Terms, facets: Iterable[str]) -> Iterator[QuerySet[Any]]:
    """Yield one branch for terms with nothing below them, and one for each set of others that do not overlap."""
    below = {label.key: labels.subtree(label.key) for facet in facets for label in facet_terms(labels, facet)}
    carried = EntryTerm.objects.filter(entry__in=entries.values("pk"))
    leaves = [key for key, keys in below.items() if len(keys) == 1]
    if leaves:
        rows = carried.filter(key__in=leaves)
        yield _grouped(rows.annotate(facet=_text(""), value=Cast("key", TextField())))
    for trees in _disjoint({key: keys for key, keys in below.items() if len(keys) > 1}):
        top = Case(*[When(key__in=keys, then=_text(str(key))) for key, keys in trees.items()])
        rows = carried.filter(key__in=set().union(*trees.values()))
        yield _grouped(rows.annotate(facet=_text(""), value=top), Count("entry_id", distinct=True))


def _disjoint(trees: dict[uuid.UUID, set[uuid.UUID]]) -> list[dict[uuid.UUID, set[uuid.UUID]]]:
    """Deal the trees out so that no key is twice in a hand: as many hands as the vocabulary has floors, mostly."""
    hands: list[dict[uuid.UUID, set[uuid.UUID]]] = []
    for key, keys in trees.items():
        free = next((hand for hand in hands if not any(keys & other for other in hand.values())), None)
        if free is None:
            hands.append({key: keys})
        else:
            free[key] = keys
    return hands
