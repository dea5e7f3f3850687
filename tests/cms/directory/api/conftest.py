from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.factories.directory import Directory, build_directory


class UndoError(Exception):
    """Rolls the world back when the module is done."""


@pytest.fixture(scope="module")
def directory(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Directory]:
    """One small world for a module; each test runs in its own savepoint."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield build_directory()
                raise UndoError
        except UndoError:
            pass


@pytest.fixture
def ask(db: Any) -> Callable[..., Any]:
    """Return a function that asks the API and returns the answer's data; a status other than `status` fails."""
    client = Client()

    def get(path: str, query: dict[str, Any] | None = None, *, status: int = 200, **headers: str) -> Any:
        address = path if path.startswith("http") else f"/api/v1/{path}/"
        answer = client.get(address, query, headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    return get


@pytest.fixture
def walk(ask: Callable[..., Any]) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that collects the rows of all pages of a list."""

    def every(path: str, query: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        page = ask(path, {"page_size": 100} | (query or {}))
        rows = page["results"]
        while page["next"]:
            page = ask(page["next"])
            rows += page["results"]
        return rows

    return every


@pytest.fixture(autouse=True)
def _savepoint(db: None) -> None:
    """Undo what each test changes in the module's world."""
