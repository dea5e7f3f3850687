"""The indexes that make search fast, ours and the two that Wagtail's own search lacks."""

import pytest
from django.db import connection
from wagtail.models import Page

from search.backends import Scope, backend
from search.models import SearchDocument
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


def test_ours_are_used() -> None:
    SearchDocument.objects.bulk_create(
        SearchDocument(
            source="x", object_id=f"00000000-0000-4000-8000-{number:012d}", language="en", configuration="english",
            kind="project", title=f"word{number}", folded_title=f"word{number}", readers=",en,", weight=number,
        )
        for number in range(2000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchdocument")
    sql, values = backend()._branch(parse("word77"), Scope("en"), "en", 1000)
    shown = plan(sql, values)
    assert "search_document_language_vector" in shown
    # Common words go another way; one of the two is left out before it begins, not while it runs.
    assert shown.count("One-Time Filter") == 2, shown
    titles = SearchDocument.objects.filter(backend().titles("word77")).values("pk").query
    assert "search_document_title" in plan(*titles.sql_with_params())


def test_no_statement_is_compiled_by_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
