"""What a backend can do, and the part of the SQL that both share."""

# ruff: noqa: S608 (names of tables, columns and functions are our own; every value is a parameter)

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import Q

from cms.directory.models import EntryHub
from search.models import SearchDocument, Word
from search.queries import Query
from search.words import configuration_of

# Ranking every hit of a common word costs more the more there are: the weightiest thousand are ranked, no more.
MOST_CANDIDATES = 1000
MOST_ASKED_WORDS = 8
LIKE_WORDS = 20
# Without full trigrams an index cannot look inside words.
TRIGRAM = 3
LAST_CHARACTER = chr(0x10FFFF)

Statement = tuple[str, list[Any]]


@dataclass(frozen=True)
class Scope:
    """Where to look: for readers of a language, among one kind, in one of some hubs."""

    language: str
    kind: str | None = None
    hub_ids: tuple[UUID, ...] = ()


class Where(NamedTuple):
    """Which documents of one language are looked through: conditions on `d` and their values.

    `is_whole`: nothing but the reader narrows them.
    """

    language: str
    conditions: str
    values: list[Any]
    is_whole: bool


class Hit(NamedTuple):
    """A document that fits a query. Only `score` depends on the query; higher is better."""

    id: int
    kind: str
    weight: float
    score: float


class Likeness(NamedTuple):
    """A known word that looks like one that was asked for, and in how many documents it stands."""

    asked: str
    word: str
    shown: str
    number: int


class Backend(ABC):
    """Full text search in one database. Documents are in `search_searchdocument`; backends keep what stands beside."""

    def __init__(self, alias: str) -> None:
        self.connection = connections[alias]

    def hits(self, query: Query, scope: Scope, limit: int = MOST_CANDIDATES) -> list[Hit]:
        """Return what fits, the best first: of each language the weightiest, one more than `limit` if there are more.

        One statement. Languages come one by one because each has a configuration of its own.
        """
        if query.is_empty:
            return []
        branches = [branch for code, _name in settings.LANGUAGES if (branch := self._branch(query, scope, code, limit))]
        if not branches:
            return []
        sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS b{at}" for at, (sql, _) in enumerate(branches))
        ordered = f"{sql} ORDER BY score DESC, weight DESC, id"
        return [Hit._make(row) for row in self._rows(ordered, [value for _, values in branches for value in values])]

    def _branch(self, query: Query, scope: Scope, language: str, limit: int) -> Statement | None:
        match = self.match(query, configuration_of(language))
        if match is None:
            return None
        conditions = ["d.is_public", "d.language = %s", "d.readers LIKE %s"]
        values: list[Any] = [language, f"%,{scope.language},%"]
        if scope.kind is not None:
            conditions.append("d.kind = %s")
            values.append(scope.kind)
        if scope.hub_ids:
            links, places = EntryHub._meta.db_table, ", ".join(["%s"] * len(scope.hub_ids))
            linked = f"SELECT 1 FROM {links} l WHERE l.entry_id = d.entry_id AND l.hub_id IN ({places})"
            conditions.append(f"(d.entry_id IN ({places}) OR EXISTS ({linked}))")
            values += [self._key(hub_id) for hub_id in scope.hub_ids] * 2
        is_whole = scope.kind is None and not scope.hub_ids
        return self.ranked(match, Where(language, " AND ".join(conditions), values, is_whole), limit + 1)

    @abstractmethod
    def match(self, query: Query, configuration: str) -> Any:
        """Return how this database asks for a query; None when only words that say nothing are left of it."""

    @abstractmethod
    def ranked(self, match: Any, where: Where, limit: int) -> Statement:
        """Return a statement for id, kind, weight and score of the documents `d` that fit."""

    @abstractmethod
    def titles(self, text: str) -> Q:
        """Return the documents that have a folded text anywhere in their title; short ones at its beginning."""

    @abstractmethod
    def similar(self, words: Sequence[str], language: str) -> list[Likeness]:
        """Return known words that look like folded ones, these themselves included. One statement."""

    @abstractmethod
    def index(self, documents: Collection[SearchDocument]) -> None:
        """Note documents that were written."""

    @abstractmethod
    def forget(self, ids: Collection[int]) -> None:
        """Note documents that are about to be removed."""

    @abstractmethod
    def tidy(self) -> None:
        """Forget what has no document any more."""

    @abstractmethod
    def index_words(self) -> None:
        """Note that words have come or gone."""

    def count_words(self, language: str, changes: Sequence[tuple[str, str, int]]) -> None:
        """Add to the numbers of words: folded, as shown, and by how much. Words of no document go.

        Sorted, so that two at the same time wait for each other in the same order.
        """
        table = Word._meta.db_table
        for start in range(0, len(changes), 500):
            chunk = sorted(changes)[start : start + 500]
            places = ", ".join(["(%s, %s, %s, %s)"] * len(chunk))
            self._run(
                f"INSERT INTO {table} (language, word, shown, number) VALUES {places}"
                f" ON CONFLICT (language, word) DO UPDATE SET number = {table}.number + excluded.number",
                [value for word, shown, number in chunk for value in (language, word, shown, number)],
            )
        self._run(f"DELETE FROM {table} WHERE language = %s AND number <= 0", [language])
        self.index_words()

    def _rows(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def _run(self, sql: str, values: Sequence[Any] = ()) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, list(values) or None)

    def _key(self, key: UUID) -> Any:
        return key


def swapped(word: str) -> list[str]:
    """Return the word with each two neighbours changed over: the commonest slip, and one that trigrams miss."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
