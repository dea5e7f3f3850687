"""One full world for a module: somebody for every role, and something behind every kind of address."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.config.things import Things, build_things


class UndoError(Exception):
    """Rolls the world back when the module is done."""


@pytest.fixture(scope="module")
def things(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Things]:
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield build_things()
                raise UndoError
        except UndoError:
            pass
