"""What happened since: a sequence that somebody who mirrors the directory can follow without ever missing a change.

Times cannot do that, and neither can counters: a transaction may take its number early and be seen late, after a reader
has gone past it. PostgreSQL numbers transactions and tells below which number all of them have ended, so rows carry the
number of their transaction and only those below that mark are read. SQLite lets one transaction write at a time.
"""

import uuid
from collections.abc import Collection

from django.db import connection
from django.db.models import BigIntegerField, Func, Max, QuerySet
from django.utils import timezone

from .models import Entry, EntryChange

BATCH = 500


class _FirstUnfinished(Func):
    """The number of the oldest transaction that has not ended; all below it have."""

    template = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    output_field = BigIntegerField()


def note_changes(entry_ids: Collection[uuid.UUID]) -> None:
    """Note, in the running transaction, that entries were written or are gone. Those never public leave no trace."""
    # In one order everywhere, so that two who note the same entries never wait for each other.
    ids = sorted(entry_ids)
    kinds = dict(Entry.objects.published().filter(pk__in=ids).values_list("pk", "kind"))
    now = {"number": _number(), "changed_at": timezone.now()}
    EntryChange.objects.filter(pk__in=[key for key in ids if key not in kinds], is_removed=False).update(
        is_removed=True, **now
    )
    written = [EntryChange(id=key, kind=kinds[key], is_removed=False, **now) for key in ids if key in kinds]
    EntryChange.objects.bulk_create(
        written,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["kind", "is_removed", "changed_at", "number"],
    )


def settled_changes() -> QuerySet[EntryChange]:
    """Return the changes that nothing can come before any more."""
    if connection.vendor == "sqlite":
        return EntryChange.objects.all()
    return EntryChange.objects.filter(number__lt=_FirstUnfinished())


def is_ahead(number: int) -> bool:
    """Return whether a number is one that nobody can have been told of: it comes from before the database was moved."""
    if connection.vendor == "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_FirstUnfinished.template} <= %s", [number])
        return cursor.fetchone()[0]


def _number() -> int:
    if connection.vendor == "sqlite":
        return (EntryChange.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]
