"""Walking a list: every row once, in order, both ways, while rows come and go."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cms.directory.enums import State
from cms.directory.models import Entry
from tests.factories.directory import make_entry, save_entries

MOMENTS = [datetime(2026, 5, day, 12, 0, 0, day, tzinfo=UTC) for day in (1, 2, 3)]
COLUMNS = st.fixed_dictionaries(
    {
        "rank": st.sampled_from([0.1 + 0.2, 0.3, -1.5, 12.345678]),
        "published_at": st.sampled_from([None, *MOMENTS]),
        "last_activity_at": st.sampled_from(MOMENTS),
        "end_date": st.sampled_from([None, date(2027, 1, 1), date(2027, 1, 2)]),
        "latitude": st.sampled_from([52.5, 48.1]),
        "longitude": st.sampled_from([13.4, 11.6]),
        "title": st.sampled_from(["alpha", "Beta", "beta", "Über", "日本"]),
    }
)
ORDERINGS = ["rank", "newest", "oldest", "activity", "title", "ending", "distance"]


class UndoError(Exception):
    """Ends an example without a trace."""


def _get(client: Client, address: str, query: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def _ids(page: dict[str, Any]) -> list[str]:
    return [row["id"] for row in page["results"]]


def _forward(client: Client, query: dict[str, Any], meanwhile: Any = None) -> tuple[list[str], dict[str, Any]]:
    page = _get(client, "/api/v1/projects/", query)
    assert page["previous"] is None
    walked = _ids(page)
    while page["next"]:
        if meanwhile:
            meanwhile()
        page = _get(client, page["next"])
        walked += _ids(page)
    return walked, page


def _backward(client: Client, page: dict[str, Any]) -> list[str]:
    walked: list[str] = []
    while page["previous"]:
        page = _get(client, page["previous"])
        walked = _ids(page) + walked
    return walked


@pytest.mark.django_db
@pytest.mark.parametrize("ordering", ORDERINGS)
@given(rows=st.lists(COLUMNS, max_size=14), size=st.integers(1, 5))
def test_every_row_once_in_order_both_ways(ordering: str, rows: list[dict[str, Any]], size: int) -> None:
    client = Client()
    try:
        with transaction.atomic():
            save_entries([make_entry(**dict(row)) for row in rows])
            query = {"ordering": ordering} | ({"near": "50,12"} if ordering == "distance" else {})
            whole = _ids(_get(client, "/api/v1/projects/", query | {"page_size": 100}))
            assert len(whole) == len(set(whole)) == len(rows)
            assert_ordered(ordering, whole)
            walked, last = _forward(client, query | {"page_size": size})
            assert walked == whole
            assert _backward(client, last) + _ids(last) == whole
            raise UndoError
    except UndoError:
        pass


def assert_ordered(ordering: str, ids: list[str]) -> None:
    """Fail unless the entries stand in the order, equals by id. Where dates are missing, they stand together."""
    entries = Entry.objects.in_bulk([uuid.UUID(one) for one in ids])
    ordered = [entries[uuid.UUID(one)] for one in ids]
    columns = {
        "rank": ("rank", True), "newest": ("published_at", True), "oldest": ("published_at", False),
        "activity": ("last_activity_at", True), "ending": ("end_date", False),
    }  # fmt: skip
    if ordering not in columns:
        return
    column, is_descending = columns[ordering]
    values = [getattr(entry, column) for entry in ordered]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=is_descending)
    for value in set(values):
        equals = [entry.id for entry in ordered if getattr(entry, column) == value]
        assert equals == sorted(equals, reverse=ordering == "oldest")
    if ordering == "ending":
        assert None not in values[: len(known)]


@pytest.mark.django_db
@given(rows=st.lists(COLUMNS, min_size=6, max_size=14), more=st.lists(COLUMNS, max_size=6), size=st.integers(1, 4))
def test_rows_that_come_and_go_meanwhile_move_no_other(
    rows: list[dict[str, Any]], more: list[dict[str, Any]], size: int
) -> None:
    client, waiting = Client(), list(more)
    try:
        with transaction.atomic():
            stay = {str(entry.id) for entry in save_entries([make_entry(**dict(row)) for row in rows])}
            leaving = [str(entry.id) for entry in save_entries([make_entry(**dict(row)) for row in rows[:3]])]

            def meanwhile() -> None:
                if waiting:
                    save_entries([make_entry(**dict(waiting.pop()))])
                if leaving:
                    Entry.objects.filter(pk=leaving.pop()).update(state=State.ARCHIVED)

            walked, last = _forward(client, {"ordering": "newest", "page_size": size}, meanwhile)
            assert len(walked) == len(set(walked))
            assert stay <= set(walked)
            back = _backward(client, last) + _ids(last)
            assert len(back) == len(set(back))
            assert stay <= set(back)
            raise UndoError
    except UndoError:
        pass


@pytest.mark.django_db
def test_a_page_that_emptied_meanwhile_leads_back_to_every_row(client: Client) -> None:
    entries = save_entries([make_entry(rank=float(rank)) for rank in (3, 2, 1)])
    first = _get(client, "/api/v1/projects/", {"page_size": 2})
    Entry.objects.filter(pk=entries[2].pk).update(state=State.ARCHIVED)
    empty = _get(client, first["next"])
    assert (empty["results"], empty["next"]) == ([], None)
    assert _ids(_get(client, empty["previous"])) == _ids(first)


@pytest.mark.django_db
def test_the_first_page_reached_backwards_has_no_previous(client: Client) -> None:
    save_entries([make_entry(rank=float(rank)) for rank in range(4)])
    first = _get(client, "/api/v1/projects/", {"page_size": 2})
    back = _get(client, _get(client, first["next"])["previous"])
    assert back["results"] == first["results"]
    assert back["previous"] is None
    assert _get(client, back["next"])["next"] is None
