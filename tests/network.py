"""The fixtures `built_network` and `network`: import both in a conftest."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.pages import Network, build_network


class _UndoError(Exception):
    """Rolls the network back when the module is done."""


@pytest.fixture(scope="module")
def built_network(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Network]:
    """One network for a module; each test runs in its own savepoint."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield build_network()
                raise _UndoError
        except _UndoError:
            pass


@pytest.fixture
def network(db: None, built_network: Network) -> Network:
    """The network with page objects of this test's own."""
    return copy.deepcopy(built_network)
