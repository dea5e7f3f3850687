"""The statement that counts every value of every facet.

It begins with the entries that were asked for, and once more without each facet in which something is chosen. Each of
these sets is found once and kept while the statement runs, because most facets are counted over the same one; Django
would write the conditions out, and the database check them, for each facet again.
"""

# ruff: noqa: S608 (names of tables, columns and facets are our own; every value is a parameter)

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from cms.taxonomy.selectors import TermLabel, Terms

from .browse import FACETS, HUB, LANGUAGE, ONLINE, OPEN, TYPE, VOCABULARIES, Browse, narrowed
from .enums import Attendance, Kind, State
from .models import Entry, EntryHub, EntryTerm, EntryText

TOTAL = "total"
TRUE, FALSE = "true", "false"
ENTRIES, TERMS = Entry._meta.db_table, EntryTerm._meta.db_table
HUBS, TEXTS = EntryHub._meta.db_table, EntryText._meta.db_table
# All that facets read of the entries themselves.
COLUMNS = ("id", "is_open", "attendance", "hub_kind")
ASKED = "asked"
IS_TRUE = {OPEN: "is_open", ONLINE: f"attendance IN ('{Attendance.ONLINE}', '{Attendance.BOTH}')"}

Statement = tuple[str, list[Any]]


def facet_terms(labels: Terms, facet: str) -> list[TermLabel]:
    """Return the terms that a facet offers: a hub's own count as their counterparts."""
    return [label for label in labels.of(VOCABULARIES[facet]) if label.counterpart is None]


def counting(browse: Browse, labels: Terms) -> Statement:
    """Return a statement for the facet, the value and the number of each value; of terms the facet is left out."""
    chosen = [facet for facet in FACETS[browse.kind] if facet in browse.facets]
    sets = {ASKED: browse} | {f"{ASKED}_but_{facet}": browse.without(facet) for facet in chosen}
    found = [_set(name, asked, labels) for name, asked in sets.items()]
    counted = [(f"SELECT '{TOTAL}', '', COUNT(*) FROM {ASKED}", []), *_counted(browse.kind, chosen, labels)]
    sql = f"WITH {', '.join(sql for sql, _ in found)} {' UNION ALL '.join(sql for sql, _ in counted)}"
    return sql, [value for _, values in [*found, *counted] for value in values]


def _set(name: str, asked: Browse, labels: Terms) -> Statement:
    """Return a set of entries, and the terms that they carry; what nothing is counted over is never read."""
    sql, values = narrowed(asked, labels).values_list(*COLUMNS).query.sql_with_params()
    terms = f"SELECT key, entry_id FROM {name} JOIN {TERMS} ON entry_id = {name}.id"
    return (
        f"{name} ({', '.join(COLUMNS)}) AS MATERIALIZED ({sql}), {name}_terms AS MATERIALIZED ({terms})",
        list(values),
    )


def _counted(kind: str, chosen: list[str], labels: Terms) -> Iterator[Statement]:
    open_terms = []
    for facet in FACETS[kind]:
        entries = f"{ASKED}_but_{facet}" if facet in chosen else ASKED
        if facet == HUB:
            yield _hubs(entries), []
        elif facet == LANGUAGE:
            yield _languages(entries), []
        elif facet in IS_TRUE:
            yield _truth(entries, facet), []
        elif facet == TYPE and kind == Kind.HUB:
            yield f"SELECT '{TYPE}', hub_kind, COUNT(*) FROM {entries} GROUP BY hub_kind", []
        elif facet in chosen:
            yield from _terms(entries, labels, [facet])
        else:
            open_terms.append(facet)
    # Facets in which nothing is chosen are counted over the same entries, hence together.
    yield from _terms(ASKED, labels, open_terms)


def _truth(entries: str, facet: str) -> str:
    answer = f"CASE WHEN {IS_TRUE[facet]} THEN '{TRUE}' ELSE '{FALSE}' END"
    return f"SELECT '{facet}', {answer}, COUNT(*) FROM {entries} GROUP BY 2"


def _hubs(entries: str) -> str:
    public = f"SELECT id FROM {ENTRIES} WHERE kind = '{Kind.HUB}' AND state = '{State.PUBLISHED}'"
    return (
        f"SELECT '{HUB}', CAST(hub_id AS text), COUNT(*) FROM {entries} JOIN {HUBS} ON entry_id = {entries}.id"
        f" WHERE hub_id IN ({public}) GROUP BY hub_id"
    )


def _languages(entries: str) -> str:
    return (
        f"SELECT '{LANGUAGE}', language, COUNT(*) FROM {entries} JOIN {TEXTS} ON entry_id = {entries}.id"
        " WHERE is_live GROUP BY language"
    )


def _terms(entries: str, labels: Terms, facets: Iterable[str]) -> Iterator[Statement]:
    """Yield a statement for terms with nothing below them, and one for trees, of which an entry may carry several."""
    below = {label.key: labels.subtree(label.key) for facet in facets for label in facet_terms(labels, facet)}
    leaves = [key for key, keys in below.items() if len(keys) == 1]
    if leaves:
        places = ", ".join(["%s"] * len(leaves))
        yield (
            f"SELECT '', CAST(key AS text), COUNT(*) FROM {entries}_terms WHERE key IN ({places}) GROUP BY key",
            [_stored(key) for key in leaves],
        )
    pairs = [(top, key) for top, keys in below.items() if len(keys) > 1 for key in keys]
    if pairs:
        # Both databases call the columns of VALUES so.
        tops = f"(VALUES {', '.join(['(%s, %s)'] * len(pairs))}) AS tops"
        once = f"SELECT DISTINCT column1 AS top, entry_id FROM {entries}_terms JOIN {tops} ON column2 = key"
        yield (
            f"SELECT '', CAST(top AS text), COUNT(*) FROM ({once}) AS once GROUP BY top",
            [_stored(key) for pair in pairs for key in pair],
        )


def _stored(key: uuid.UUID) -> Any:
    return EntryTerm._meta.get_field("key").get_db_prep_value(key, connection)
