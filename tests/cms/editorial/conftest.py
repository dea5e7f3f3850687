from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.worlds import World, build_world


class _UndoError(Exception):
    """Rolls the world back when the module is done."""


@pytest.fixture(scope="module")
def world(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    """One world for a module. Each test runs in its own savepoint, so that they do not see each other's changes."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield build_world()
                raise _UndoError
        except _UndoError:
            pass


@pytest.fixture
def user(world: World) -> Any:
    """Return a function that loads a person of the world by role, without anything cached on them."""

    def load(role: str) -> Any:
        known = world.users[role]
        return type(known).objects.get(pk=known.pk)

    return load


@pytest.fixture
def visit(world: World, db: Any) -> Any:
    """Return a function that signs a role in and returns the client; None stays anonymous."""
    from django.test import Client

    def sign_in(role: str | None) -> Client:
        client = Client(raise_request_exception=True)
        if role is not None:
            client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
