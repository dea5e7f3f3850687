"""Search by tsvector and trigram indexes."""

# ruff: noqa: S608 (names of tables, columns and functions are our own; every value is a parameter)

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from cms.places.names import folded
from search.models import SearchDocument, Word
from search.queries import Query
from search.words import is_stop_word, tokens

from .base import (
    LIKE_WORDS,
    MOST_ASKED_WORDS,
    TRIGRAM,
    Backend,
    Likeness,
    Statement,
    Where,
    swapped,
)
from .common_words import common_words

# Longer texts weigh a little less: divided by one plus the logarithm of their length.
BY_LENGTH = 1


def _plain(query: Query) -> list[tuple[str, str]]:
    """Return functions and texts for the plain words. Beginnings are spelled out; tokens hold no sign to be quoted."""
    if not query.beginnings:
        return [("plainto_tsquery", query.plain)] if query.plain else []
    marked = [f"'{word}':*" if word in query.beginnings else f"'{word}'" for word in tokens(query.plain)]
    return [("to_tsquery", " & ".join(marked))]


class Match(NamedTuple):
    """A tsquery: its positive part and the whole, and the words whose numbers say how much fits, if they can."""

    positive: Statement
    whole: Statement
    words: list[str]


def _counted_words(query: Query, configuration: str) -> list[str]:
    """Return the words of a query of nothing but plain words: how often phrases and beginnings stand, nobody counts."""
    if query.phrases or query.excluded or query.beginnings:
        return []
    every = dict.fromkeys(folded(word) for word in tokens(query.plain))
    return [word for word in every if not is_stop_word(word, configuration)]


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
        return Match(
            (positive, [value for text in texts for value in (configuration, text)]),
            (positive + negative, [value for text in [*texts, *query.excluded] for value in (configuration, text)]),
            _counted_words(query, configuration),
        )

    def ranked(self, match: Match, where: Where, limit: int) -> Statement:
        """Rank the weightiest that fit, found by the index of words; common words by walking down from the weightiest.

        PostgreSQL would guess which way is shorter, and be wrong by far where languages differ: it does not know how
        common a word is in one of them. Hence our own numbers of words choose, and each way allows one index only.
        """
        whole, values = match.whole
        is_common = where.is_whole and common_words(self.connection).fit_often(match.words, where.language)
        # The function keeps the index of words out, a sum instead of the bare weight that of weights.
        if is_common:
            fits, order = f"ts_match_vq(d.vector, {whole})", "d.weight"
        else:
            fits, order = f"d.vector @@ ({whole})", "d.weight + 0"
        conditions, narrowing = self._narrowed(match, where)
        sql = (
            f"SELECT id, kind, weight, ts_rank(vector, {whole}, {BY_LENGTH})::float8 AS score FROM ("
            f"SELECT d.id, d.kind, d.weight, d.vector FROM {SearchDocument._meta.db_table} d"
            f" WHERE {conditions} AND {fits} ORDER BY {order} DESC, d.id LIMIT %s) AS c"
        )
        return sql, [*values, *narrowing, *values, limit]

    def _narrowed(self, match: Match, where: Where) -> Statement:
        """Return the conditions beside that of the words."""
        positive, values = match.positive
        if match.positive == match.whole:
            return where.conditions, where.values
        # Without a word that says something, what is left out would be all that counts, and fit nearly everything.
        return f"{where.conditions} AND numnode({positive}) > 0", [*where.values, *values]

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
