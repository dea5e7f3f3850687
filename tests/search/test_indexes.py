"""The indexes that make search fast, ours and the two that Wagtail's own search lacks."""

import re
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from search.backends import Scope, backend, common_words
from search.backends.common_words import CommonWords, forget_common_words
from search.models import SearchDocument, Word
from search.queries import parse
from tests.factories.pages import build_tree

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def plan(sql: str, values: list) -> str:
    with connection.cursor() as cursor:
        # A small table is read whole whatever the indexes; what is shown is that they could serve.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_they_are_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes")
        found = dict(cursor.fetchall())
    assert "USING gin (language, vector)" in found["search_document_language_vector"]
    assert "gin_trgm_ops" in found["search_document_title"]
    assert "gin_trgm_ops" in found["search_word_trigrams"]
    assert "USING gin (((title || body)))" in found["wagtailsearch_title_and_body"]
    assert "((id)::character varying(50))" in found["wagtailcore_page_id_as_text"]


def test_wagtails_search_uses_them() -> None:
    build_tree()
    sql, values = Page.objects.search("project").get_queryset()[:20].query.sql_with_params()
    found = plan(sql, values)
    assert "wagtailsearch_title_and_body" in found, found


@pytest.fixture
def _many_texts() -> Iterator[None]:
    """Two thousand texts, all of which say the same word."""
    SearchDocument.objects.bulk_create(
        SearchDocument(
            source="x", object_id=f"00000000-0000-4000-8000-{number:012d}", language="en", configuration="english",
            kind="project", title=f"roof word{number}", folded_title=f"word{number}", readers=",en,", weight=number,
        )
        for number in range(2000)
    )  # fmt: skip
    Word.objects.create(language="en", word="roof", shown="roof", number=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchdocument")
    forget_common_words()
    yield
    forget_common_words()


def way_to(text: str) -> str:
    return plan(*backend()._branch(parse(text), Scope("en"), "en", 10))


@pytest.mark.usefixtures("_many_texts")
def test_rare_words_are_found_by_words_and_common_ones_by_weight() -> None:
    for text in ("word77", "roof word77", '"roof"', "roof -word77"):
        assert "search_document_language_vector" in way_to(text), text
    for text in ("roof", "roof roof", "the roof"):
        # Either index of weights: here all texts are in one language.
        assert re.search("search_document_(by_weight|weightiest)", way_to(text)), text


@pytest.mark.usefixtures("_many_texts")
def test_both_ways_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of words that are old choose the longer way, never another end."""
    for text in ("roof", "word77", "nothing"):
        found = [hit.id for hit in backend().hits(parse(text), Scope("en"))]
        for is_common in (True, False):
            monkeypatch.setattr(CommonWords, "fit_often", lambda *_asked, said=is_common: said)
            assert [hit.id for hit in backend().hits(parse(text), Scope("en"))] == found, text
        monkeypatch.undo()


@pytest.mark.usefixtures("_many_texts")
def test_common_words_are_read_once_a_minute(django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with django_assert_num_queries(3):
        backend().hits(parse("roof"), Scope("en"))
    with django_assert_num_queries(1):
        backend().hits(parse("word77"), Scope("en"))
    later = monotonic() + common_words.SECONDS + 1
    monkeypatch.setattr(common_words, "monotonic", lambda: later)
    with django_assert_num_queries(3):
        backend().hits(parse("word77"), Scope("en"))


@pytest.mark.usefixtures("_many_texts")
def test_titles_are_found_by_trigrams() -> None:
    titles = SearchDocument.objects.filter(backend().titles("word77")).values("pk").query
    assert "search_document_title" in plan(*titles.sql_with_params())


def test_no_statement_is_compiled_by_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
