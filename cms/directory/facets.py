"""How many entries each value of each facet would show, in one statement.

A facet is counted with all other facets applied, so that its numbers say what choosing one more of its values brings.
A term counts everything below it, an entry once however many of its terms lie there.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import CharField, Count, Value

from cms.core.page_cache.answers import KeptAnswer
from cms.core.page_cache.unchanged import while_unchanged
from cms.taxonomy.selectors import Terms

from .browse import HUB, VOCABULARIES, Browse, narrowed
from .facet_statement import TOTAL, counting
from .models import Entry


@dataclass
class Counts:
    """What was counted: what was asked for, and the values of each facet."""

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
    counts = Counts()
    with connection.cursor() as cursor:
        cursor.execute(*counting(browse, labels))
        for facet, value, number in cursor.fetchall():
            if facet == TOTAL:
                counts.total = number
            else:
                _note(counts, facet, value, number, labels)
    return counts


@while_unchanged
def count_public(kind: str) -> int:
    """Return how many public entries of a kind there are, at most half a second ago."""
    return Entry.objects.published().of_kind(kind).count()


def count_without(browse: Browse, labels: Terms, names: Iterable[str]) -> dict[str, int]:
    """Return how many entries there would be without each of the facets, the words or the point. One statement."""
    branches = [
        narrowed(browse.without(name), labels)
        .order_by()
        .values(name=Value(name, output_field=CharField()))
        .annotate(number=Count("pk"))
        .values_list("name", "number")
        for name in names
    ]
    return dict(branches[0].union(*branches[1:], all=True)) if branches else {}


def _note(counts: Counts, facet: str, value: str, number: int, labels: Terms) -> None:
    if facet == HUB:
        counts.values.setdefault(facet, {})[uuid.UUID(value)] = number
    elif facet:
        counts.values.setdefault(facet, {})[value] = number
    elif label := labels.by_key.get(uuid.UUID(value)):
        name = next(name for name, vocabulary in VOCABULARIES.items() if vocabulary == label.vocabulary)
        counts.values.setdefault(name, {})[label.key] = number
