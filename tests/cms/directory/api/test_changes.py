"""What partners who keep a copy are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode

from cms.directory import changes
from cms.directory.changes import note_changes
from cms.directory.models import Entry, EntryChange
from cms.directory.services import sync_entry
from tests.factories.directory import fill
from tests.factories.pages import build_tree, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_transaction_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction that never ends; that only ended ones are told of is test_changes.py one floor up."""
    monkeypatch.setattr(changes, "first_unfinished", lambda: 2**63 - 1)


def told(answer: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(row["id"], row["is_removed"]) for row in answer["results"]]


def test_a_draft_leaves_no_trace_however_often_it_is_written(ask: Any) -> None:
    draft = make_project(build_tree(), publish=False)
    sync_entry(draft.translation_key)
    draft.delete()
    assert not EntryChange.objects.filter(pk=draft.translation_key).exists()


@pytest.mark.usefixtures("own_transaction_counts")
def test_since_a_time(ask: Any) -> None:
    tree = build_tree()
    old, new = make_project(tree), make_project(tree)
    EntryChange.objects.filter(pk=old.translation_key).update(changed_at=timezone.now() - timedelta(days=3))
    since = (timezone.now() - timedelta(days=1)).isoformat(timespec="seconds")
    assert told(ask("changes", {"since": since})) == [(str(new.translation_key), False)]
    # A plus that nobody escaped is a space when it arrives.
    assert told(ask(f"http://testserver/api/v1/changes/?since={since}")) == [(str(new.translation_key), False)]


@pytest.mark.parametrize(
    "since",
    ["yesterday", "2026-11-01", "2026-11-01T06:30:00", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "٢٠٢٦", ""],
)
def test_what_is_no_time_is_refused(ask: Any, since: str) -> None:
    assert "since" in ask("changes", {"since": since}, status=400)["errors"]


@pytest.mark.usefixtures("own_transaction_counts")
def test_each_page_goes_on_behind_the_one_before(directory: Any, ask: Any) -> None:
    ids = sorted(Entry.objects.published().values_list("pk", flat=True))
    note_changes(ids)
    page = ask("changes", {"page_size": 7})
    walked = told(page)
    while page["next"]:
        page = ask(page["next"])
        walked += told(page)
    assert walked == [(str(key), False) for key in ids]
    assert ask(page["resume"])["results"] == []


@pytest.mark.usefixtures("own_transaction_counts")
@pytest.mark.parametrize("number", [50, 5_000])
def test_it_is_one_query_however_many_there_are(directory: Any, ask: Any, number: int) -> None:
    fill(directory, "project", number, seed=number)
    note_changes(Entry.objects.published().values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as queries:
        page = ask("changes", {"page_size": 25, "kind": "project"})
    assert len(page["results"]) == 25
    assert len(queries) == 1  # on PostgreSQL one more, which the fixture answers
    with CaptureQueriesContext(connection) as queries:
        ask(f"http://testserver/api/v1/changes/?{urlencode({'since': page['results'][3]['changed_at']})}")
    assert len(queries) == 1  # on PostgreSQL one more, which the fixture answers
