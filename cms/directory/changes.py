"""What happened since: a sequence that somebody who mirrors the directory can follow without ever missing a change.

Times cannot do that, and neither can counters: a transaction may take its number early and be seen late, after a reader
has gone past it. PostgreSQL numbers transactions and tells which of them still run, so rows carry the number of their
transaction and only those below the first that runs are read. SQLite lets one transaction write at a time.
"""

import uuid
from collections.abc import Collection

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from .models import Entry, EntryChange

BATCH = 500


# Transactions below the first number have all been given out. Which of them still run is asked after that, and of this
# database only: numbers are those of the whole server, and another database's long ones are nothing to us. The server
# shows the lower half of their numbers.
FIRST_UNFINISHED = """
    SELECT least(next, min(next - ((next - backend_xid::text::bigint) & 4294967295)))
    FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next) AS known
    LEFT JOIN pg_stat_activity ON datname = current_database() AND backend_xid IS NOT NULL
    GROUP BY next
"""


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
    return EntryChange.objects.filter(number__lt=first_unfinished())


def is_ahead(number: int) -> bool:
    """Return whether a number is one that nobody can have been told of: it comes from before the database was moved."""
    return connection.vendor != "sqlite" and number >= first_unfinished()


def first_unfinished() -> int:
    """Return the number below which every transaction of this database has ended. PostgreSQL only.

    Rows have to be read by a later statement, so that it sees what ended meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIRST_UNFINISHED)
        return cursor.fetchone()[0]


def _number() -> int:
    if connection.vendor == "sqlite":
        return (EntryChange.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]
