"""Reads that are the same until something public changes: done once in each process, not once in each request."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from .version import site_version

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_kept: dict[str, dict[object, tuple[str, object]]] = {}


def while_unchanged(read: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Keep what a read returns, by its arguments, for as long as the version of the site stays.

    For what visitors are shown, of which half a second ago is early enough; never for what is written from. Within a
    transaction nothing is kept, as it sees what nobody else does. What is returned belongs to all: leave it as it is.
    Give few different arguments, for each of them is kept.
    """
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept_or_read(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        version = "" if connection.in_atomic_block else site_version()
        if not version:
            return read(*args, **kwargs)
        answers, key = _kept.setdefault(name, {}), (args, tuple(sorted(kwargs.items())))
        known = answers.get(key)
        if known is None or known[0] != version:
            known = answers[key] = version, read(*args, **kwargs)
        return known[1]  # type: ignore[return-value]  # kept under the name of this very function

    return kept_or_read


def forget_kept() -> None:
    """Read everything anew, as where one database takes another's place."""
    _kept.clear()
