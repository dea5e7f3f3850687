"""Proves that the directory says what the pages say."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from .models import Entry, EntryHub, EntryOrganization, EntryTerm, EntryText
from .services import rebuild

# Timestamps of the directory itself, and what no page knows.
NOT_COMPARED = {"id", "updated_at"}
MODELS = (Entry, EntryText, EntryTerm, EntryHub, EntryOrganization)


class _RollBackError(Exception):
    """Leaves the transaction without a trace."""


def differences() -> list[str]:
    """Return one line per difference between the directory as it is and as the pages say it should be.

    Writes the directory anew inside a transaction, compares, and rolls back.
    """
    before = _everything()
    after: dict[str, dict[Any, Any]] = {}
    try:
        with transaction.atomic():
            rebuild()
            after = _everything()
            raise _RollBackError
    except _RollBackError:
        pass
    return [line for name in before for line in _compare(name, before[name], after[name])]


def _everything() -> dict[str, dict[Any, Any]]:
    found = {}
    for model in MODELS:
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in NOT_COMPARED]
        identity = "pk" if model is Entry else None
        rows = {}
        for row in model.objects.values("pk", *names):
            pk = row.pop("pk")
            rows[pk if identity else _identity(row)] = row
        found[model.__name__] = rows
    return found


def _identity(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("entry_id", "language", "vocabulary", "key", "hub_id", "organization_id"))


def _compare(name: str, before: dict[Any, Any], after: dict[Any, Any]) -> Iterator[str]:
    for key in before.keys() - after.keys():
        yield f"{name} {key}: is in the directory, but no page says so"
    for key in after.keys() - before.keys():
        yield f"{name} {key}: is missing from the directory"
    for key in before.keys() & after.keys():
        for column, value in before[key].items():
            if value != after[key][column]:
                yield f"{name} {key}: {column} is {value!r}, the pages say {after[key][column]!r}"
