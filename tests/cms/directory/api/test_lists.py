"""What every list promises: which rows, in what shape, in how many queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from cms.directory.api.serializers import EntryRowSerializer
from cms.directory.enums import Kind, State
from cms.directory.models import Entry, EntryHub, EntryOrganization, EntryText
from tests.factories.directory import Directory, fill, make_entry, save_entries

MOST_QUERIES = 4
PATHS = {Kind.HUB: "hubs", Kind.ORGANIZATION: "organizations", Kind.PROJECT: "projects", Kind.STORY: "stories"}


def assert_fits(data: Any, field: serializers.Field, where: str = "") -> None:
    """Fail unless data has exactly the shape that the serializer documents."""
    if data is None:
        assert field.allow_null, where
    elif isinstance(field, serializers.ListSerializer | serializers.ListField):
        for one in data:
            assert_fits(one, field.child, f"{where}[]")
    elif isinstance(field, serializers.Serializer):
        assert set(data) == set(field.fields), where
        for name, child in field.fields.items():
            assert_fits(data[name], child, f"{where}.{name}")
    elif isinstance(field, serializers.ChoiceField):
        assert data in field.choices, where
    elif not isinstance(field, serializers.JSONField):
        types = {
            serializers.BooleanField: bool,
            serializers.IntegerField: int,
            serializers.FloatField: (int, float),
        }
        assert isinstance(data, types.get(type(field), str)), where


@pytest.mark.parametrize("kind", PATHS)
def test_rows_are_the_public_entries_in_the_documented_shape(directory: Directory, walk: Any, kind: str) -> None:
    rows = walk(PATHS[kind])
    assert sorted(row["id"] for row in rows) == sorted(str(entry.id) for entry in directory.public(kind))
    for row in rows:
        assert_fits(row, EntryRowSerializer())
        assert row["kind"] == kind
        assert row["url"].startswith("http://testserver/en/")
    assert any(row["sectors"] for row in rows)
    assert any(row["place"] for row in rows)


def test_links_name_only_what_is_public_and_chosen(directory: Directory, walk: Any) -> None:
    public = {str(entry.id) for kind in PATHS for entry in directory.public(kind)}
    expected: dict[str, tuple[set[str], set[tuple[str, str]]]] = {}
    for entry in directory.public(Kind.PROJECT):
        hubs = EntryHub.objects.filter(entry=entry, is_direct=True).values_list("hub_id", flat=True)
        parts = EntryOrganization.objects.filter(entry=entry).values_list("organization_id", "part")
        expected[str(entry.id)] = (
            {str(hub) for hub in hubs} & public,
            {(str(one), part) for one, part in parts if str(one) in public},
        )
    for row in walk("projects"):
        hubs, organizations = expected[row["id"]]
        assert {hub["id"] for hub in row["hubs"]} == hubs
        assert {(one["id"], one["part"]) for one in row["organizations"]} == organizations
        assert row["parent"] is None or row["parent"]["id"] in public


def test_a_hubs_own_sector_stands_as_its_counterpart(directory: Directory, walk: Any) -> None:
    slugs = {sector["slug"] for row in walk("projects") for sector in row["sectors"]}
    assert slugs == {"energy", "solar", "food"}


def test_an_unpublished_parent_is_not_named(db: None, ask: Any) -> None:
    parent, child = make_entry(state=State.DRAFT), make_entry()
    child[0].parent = parent[0]
    save_entries([parent, child])
    (row,) = [row for row in ask("projects", {"page_size": 100})["results"] if row["id"] == str(child[0].id)]
    assert row["parent"] is None
    assert ask("projects", {"parent": str(parent[0].id)}, status=400)["errors"].keys() == {"parent"}


FULL_QUERY = {
    "near": "52.5,13.4", "radius": "500", "open": "true", "online": "true", "language": "en", "status": "running",
    "skill": "law", "sector": "energy", "ordering": "title",
}  # fmt: skip


@pytest.mark.parametrize("path", ["hubs", "organizations", "projects", "stories"])
@pytest.mark.parametrize("is_narrowed", [False, True])
def test_query_count_is_the_same_at_50_and_5000_rows(
    directory: Directory, client: Client, path: str, *, is_narrowed: bool
) -> None:
    query: dict[str, str] = {"page_size": "100"}
    if is_narrowed:
        own = ({"hub": str(directory.public(Kind.HUB)[0].id)} if path != "hubs" else {}) | (
            {"organization": str(directory.public(Kind.ORGANIZATION)[0].id)} if path == "projects" else {}
        )
        query |= {"within": str(directory.places[0].id), "near": "52.5,13.4", "radius": "500", **own}
        if path == "projects":
            query |= FULL_QUERY | {"parent": str(directory.public(Kind.PROJECT)[0].id)}
    kind = next(kind for kind, name in PATHS.items() if name == path)
    entries = Entry.objects.filter(kind=kind)
    entries.exclude(pk__in=entries[:50]).delete()
    fill(directory, kind, 50 - entries.count())
    few = _queries(client, path, query)
    fill(directory, kind, 4950, seed=3)
    assert entries.count() == 5000
    assert _queries(client, path, query) == few <= MOST_QUERIES


def _queries(client: Client, path: str, query: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/api/v1/{path}/", query)
    assert answer.status_code == 200, answer.content
    return len(queries)


def test_pages_hold_what_was_asked_for(directory: Directory, ask: Any) -> None:
    assert len(ask("projects")["results"]) == 20
    assert len(ask("projects", {"page_size": 7})["results"]) == 7


def test_a_word_for_a_word_in_every_language(directory: Directory, walk: Any) -> None:
    texts = {(str(text.entry_id), text.language): text for text in EntryText.objects.live()}
    for language in ("en", "de"):
        for row in walk("projects", {"lang": language}):
            shown = texts.get((row["id"], language)) or texts[row["id"], "de" if language == "en" else "en"]
            assert (row["title"], row["summary"], row["language"]) == (shown.title, shown.summary, shown.language)
            assert row["is_translation"] == shown.is_translation
            assert row["languages"] == sorted(code for key, code in texts if key == row["id"])
            assert f"/{language}/" in row["url"]
