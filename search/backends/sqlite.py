"""Search by FTS5. Its one text table cuts words back by Porter's rules for English; German comes stemmed by us.

Both sides pass the same way, so what Porter does to a German stem happens to the query as well.
"""

# ruff: noqa: S608 (names of tables, columns and functions are our own; every value is a parameter)

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import RawSQL

from cms.places.names import folded
from search.models import SearchDocument, Word
from search.queries import Query
from search.words import GERMAN, is_stop_word, stem, tokens

from .base import LAST_CHARACTER, LIKE_WORDS, MOST_ASKED_WORDS, TRIGRAM, Backend, Likeness, Statement, Where, swapped

# Title, summary, keywords and body, about as PostgreSQL's A, B and C.
WEIGHTS = "10.0, 4.0, 4.0, 2.0"
# Marks where a word begins and ends, so that its edges are trigrams too.
BEGIN, END = "__", "_"


class SqliteBackend(Backend):
    """SQLite's tables of words are written here, in the transaction that writes the documents."""

    def match(self, query: Query, configuration: str) -> Any:
        wanted = [word for word in tokens(query.plain) if not is_stop_word(folded(word), configuration)]
        phrases = [*wanted, *query.phrases]
        if all(is_stop_word(folded(word), configuration) for phrase in phrases for word in tokens(phrase)):
            return None
        positive = " AND ".join(
            _quoted(phrase, configuration) + "*" * (phrase in query.beginnings) for phrase in phrases
        )
        excluded = "".join(f" NOT {_quoted(phrase, configuration)}" for phrase in query.excluded)
        return f"({positive}){excluded}"

    def ranked(self, match: Any, where: Where, limit: int) -> Statement:
        sql = (
            f"SELECT d.id, d.kind, d.weight, -bm25(search_text, {WEIGHTS}) AS score"
            f" FROM search_text JOIN {SearchDocument._meta.db_table} d ON d.id = search_text.rowid"
            f" WHERE search_text MATCH %s AND {where.conditions} ORDER BY d.weight DESC, d.id LIMIT %s"
        )
        return sql, [match, *where.values, limit]

    def titles(self, text: str) -> Q:
        if len(text) < TRIGRAM:
            return Q(folded_title__gte=text, folded_title__lt=text + LAST_CHARACTER)
        rows = RawSQL("SELECT rowid FROM search_title WHERE search_title MATCH %s", [_literal(text)])
        return Q(pk__in=rows)

    def similar(self, words: Sequence[str], language: str) -> list[Likeness]:
        asked = list(words)[:MOST_ASKED_WORDS]
        table = Word._meta.db_table
        parts: list[str] = []
        values: list[Any] = []
        for word in asked:
            parts.append(
                "SELECT * FROM (SELECT %s AS asked, w.word, w.shown, w.number FROM search_spelling"
                f" JOIN {table} w ON w.id = search_spelling.rowid WHERE search_spelling MATCH %s AND w.language = %s"
                " ORDER BY bm25(search_spelling) LIMIT %s)"
            )
            values += [word, " OR ".join(_literal(three) for three in _trigrams(word)), language, LIKE_WORDS]
            others = [word, *swapped(word)]
            places = ", ".join(["%s"] * len(others))
            parts.append(f"SELECT %s, word, shown, number FROM {table} WHERE language = %s AND word IN ({places})")
            values += [word, language, *others]
        return [Likeness(*row) for row in self._rows(" UNION ".join(parts), values)] if parts else []

    def index(self, documents: Collection[SearchDocument]) -> None:
        self.forget([document.pk for document in documents])
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (rowid, title, summary, keywords, body) VALUES (%s, %s, %s, %s, %s)",
                [(document.pk, *_readable(document)) for document in documents],
            )
            cursor.executemany(
                "INSERT INTO search_title (rowid, title) VALUES (%s, %s)",
                [(document.pk, document.folded_title) for document in documents],
            )

    def forget(self, ids: Collection[int]) -> None:
        with self.connection.cursor() as cursor:
            for table in ("search_text", "search_title"):
                cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(pk,) for pk in ids])

    def tidy(self) -> None:
        for table in ("search_text", "search_title"):
            self._run(f"DELETE FROM {table} WHERE rowid NOT IN (SELECT id FROM {SearchDocument._meta.db_table})")

    def index_words(self) -> None:
        table = Word._meta.db_table
        self._run(f"DELETE FROM search_spelling WHERE rowid NOT IN (SELECT id FROM {table})")
        self._run(
            f"INSERT INTO search_spelling (rowid, word) SELECT id, '{BEGIN}' || word || '{END}' FROM {table}"
            " WHERE id NOT IN (SELECT rowid FROM search_spelling)"
        )

    def _key(self, key: UUID) -> str:
        return key.hex


def _readable(document: SearchDocument) -> list[str]:
    texts = (document.title, document.summary, document.keywords, document.body)
    return [as_indexed(text, document.configuration) for text in texts]


def as_indexed(text: str, configuration: str) -> str:
    """Return the text that FTS5 is given: stems for German, the words themselves otherwise."""
    if configuration != GERMAN:
        return text
    return " ".join(stem(folded(word), configuration) for word in tokens(text))


def _quoted(phrase: str, configuration: str) -> str:
    return _literal(as_indexed(" ".join(tokens(phrase)), configuration))


def _literal(text: str) -> str:
    """Return a string of FTS5's query language: within quotes nothing is an operator."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _trigrams(word: str) -> list[str]:
    edged = f"{BEGIN}{word}{END}"
    return [edged[at : at + TRIGRAM] for at in range(len(edged) - TRIGRAM + 1)]
