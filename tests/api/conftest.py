from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

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


@pytest.fixture(autouse=True)
def _savepoint(db: None) -> None:
    """Undo what each test changes in the module's world."""
