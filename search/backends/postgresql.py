"""Search by tsvector and trigram indexes."""

# ruff: noqa: S608 (names of tables, columns and functions are our own; every value is a parameter)

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q

from search.models import SearchDocument, Word
from search.queries import Query
from search.words import tokens

from .base import LIKE_WORDS, MOST_ASKED_WORDS, TRIGRAM, Backend, Likeness, Statement, swapped

# Longer texts weigh a little less: divided by one plus the logarithm of their length.
BY_LENGTH = 1


def _plain(query: Query) -> list[tuple[str, str]]:
    """Return functions and texts for the plain words. Beginnings are spelled out; tokens hold no sign to be quoted."""
    if not query.beginnings:
        return [("plainto_tsquery", query.plain)] if query.plain else []
    marked = [f"'{word}':*" if word in query.beginnings else f"'{word}'" for word in tokens(query.plain)]
    return [("to_tsquery", " & ".join(marked))]


class PostgresBackend(Backend):
    """PostgreSQL keeps its indexes itself: a trigger writes the tsvector."""

    def match(self, query: Query, configuration: str) -> Any:
        """Return a tsquery and its positive part, in SQL. The server parses no operators: all text stays text."""
        wanted = _plain(query)
        wanted += [("phraseto_tsquery", phrase) for phrase in query.phrases]
        if not wanted:
            return None
        positive = " && ".join(f"{function}(%s::regconfig, %s)" for function, _text in wanted)
        negative = "".join(" && !!phraseto_tsquery(%s::regconfig, %s)" for _text in query.excluded)
        texts = [text for _function, text in wanted]
        return (
            (positive, [value for text in texts for value in (configuration, text)]),
            (positive + negative, [value for text in [*texts, *query.excluded] for value in (configuration, text)]),
        )

    def ranked(self, match: Any, conditions: str, values: list[Any], limit: int) -> Statement:
        (positive, positive_values), (whole, whole_values) = match
        table = SearchDocument._meta.db_table
        # Without a word that says something, what is left out would be all that counts, and fit nearly everything.
        sql = (
            f"SELECT id, kind, weight, ts_rank(vector, {whole}, {BY_LENGTH})::float8 AS score FROM ("
            f"SELECT d.id, d.kind, d.weight, d.vector FROM {table} d"
            f" WHERE {conditions} AND numnode({positive}) > 0 AND d.vector @@ ({whole})"
            " ORDER BY d.weight DESC, d.id LIMIT %s) AS candidates"
        )
        return sql, [*whole_values, *values, *positive_values, *whole_values, limit]

    def titles(self, text: str) -> Q:
        if len(text) < TRIGRAM:
            return Q(folded_title__startswith=text)
        return Q(folded_title__contains=text)

    def similar(self, words: Sequence[str], language: str) -> list[Likeness]:
        asked = list(words)[:MOST_ASKED_WORDS]
        if not asked:
            return []
        pairs = [(word, other) for word in asked for other in (word, *swapped(word))]
        sql = (
            "SELECT a.asked, w.word, w.shown, w.number FROM unnest(%s::text[]) AS a(asked) CROSS JOIN LATERAL ("
            f"SELECT word, shown, number FROM {Word._meta.db_table} WHERE language = %s AND word %% a.asked"
            " ORDER BY similarity(word, a.asked) DESC, number DESC LIMIT %s) AS w"
            " UNION SELECT p.asked, w.word, w.shown, w.number"
            " FROM unnest(%s::text[], %s::text[]) AS p(asked, other)"
            f" JOIN {Word._meta.db_table} w ON w.language = %s AND w.word = p.other"
        )
        names, others = [list(side) for side in zip(*pairs, strict=True)]
        return [Likeness(*row) for row in self._rows(sql, [asked, language, LIKE_WORDS, names, others, language])]

    def index(self, documents: Collection[SearchDocument]) -> None:
        """A trigger has done it."""

    def forget(self, ids: Collection[int]) -> None:
        """Index entries go with their rows."""

    def tidy(self) -> None:
        """Nothing stands beside the rows."""

    def index_words(self) -> None:
        """The trigram index follows by itself."""
