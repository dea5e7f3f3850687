"""That nobody who follows the changes misses one, whoever commits first. Needs a database with real concurrency."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from cms.directory import changes
from cms.directory.changes import note_changes, settled_changes
from cms.directory.models import Entry, EntryChange
from tests.factories.directory import make_entry, save_entries

NONE_RUNS = 2**63 - 1
pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def entries() -> tuple[uuid.UUID, uuid.UUID]:
    early, late = save_entries([make_entry("project"), make_entry("project")])
    return early.pk, late.pk


@contextmanager
def slow_publication(key: uuid.UUID) -> Iterator[None]:
    """Note a change in a transaction that stays open for as long as the context does."""
    is_noted, may_end = threading.Event(), threading.Event()

    def publish() -> None:
        with transaction.atomic():
            note_changes([key])
            is_noted.set()
            assert may_end.wait(timeout=30)
        connections.close_all()

    thread = threading.Thread(target=publish)
    thread.start()
    assert is_noted.wait(timeout=30)
    try:
        yield
    finally:
        may_end.set()
        thread.join()


def follow(early: uuid.UUID, late: uuid.UUID) -> set[uuid.UUID]:
    """Read while one publication is under way and another has overtaken it, then go on behind what was read."""
    EntryChange.objects.all().delete()
    with slow_publication(early):
        note_changes([late])
        read = list(settled_changes().order_by("number", "pk").values_list("pk", "number"))
    # Where a reader goes on who has seen nothing yet is before everything.
    behind = max((number for _key, number in read), default=-1)
    return {key for key, _number in read} | set(
        settled_changes().filter(number__gt=behind).values_list("pk", flat=True)
    )


def test_a_change_that_is_seen_late_is_not_missed(entries: tuple[uuid.UUID, uuid.UUID]) -> None:
    assert Entry.objects.published().count() == 2
    assert follow(*entries) == set(entries)


def test_without_the_mark_it_is(entries: tuple[uuid.UUID, uuid.UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: reading whatever is there goes past the one that is still under way."""
    monkeypatch.setattr(changes, "first_unfinished", lambda: NONE_RUNS)
    assert follow(*entries) == {entries[1]}


def test_the_index_serves_those_who_follow(entries: tuple[uuid.UUID, uuid.UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        behind = settled_changes().filter(number__gt=7).order_by("number", "pk")[:20]
        assert "entry_change_number" in behind.explain()
        cursor.execute("RESET enable_seqscan")


def test_a_cursor_from_before_a_restore_is_refused_rather_than_silent(
    entries: tuple[uuid.UUID, uuid.UUID], client: Client
) -> None:
    note_changes(entries)
    EntryChange.objects.update(number=3)
    resume = client.get("/api/v1/changes/").json()["resume"]
    assert client.get(resume).json()["results"] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        ahead = cursor.fetchone()[0] + 1_000_000
    EntryChange.objects.update(number=ahead)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "first_unfinished", lambda: NONE_RUNS)
        resume = client.get("/api/v1/changes/").json()["resume"]
    answer = client.get(resume)
    assert answer.status_code == 400
    assert "moved" in answer.json()["errors"]["cursor"][0]
