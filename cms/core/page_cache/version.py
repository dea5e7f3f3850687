"""The version of everything that public pages show. It changes with the transaction that changes something.

Rows are only ever added (and trimmed when old): a counter that every publish had to raise would make publishing wait
for itself, and the highest id alone would miss a transaction that began early and committed late.
"""

import logging
from datetime import timedelta
from math import inf
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from .held import CHECK_SECONDS, purge_soon

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(minutes=10)
TRIM_EVERY = 500


class _Known:
    """What this process read last, and when."""

    version = ""
    read_at = -inf


def site_version() -> str:
    """Return the version of the public site, at most half a second old.

    While the database does not answer, the last known version goes on: pages that are kept can still be read. Where
    nothing is kept, nobody asks.
    """
    if not settings.PAGE_CACHE_ENABLED:
        return ""
    now = monotonic()
    if now - _Known.read_at >= CHECK_SECONDS:
        try:
            version = read_version()
        except DatabaseError:
            logger.exception("The version of the site could not be read.")
            version = _Known.version
        _Known.version, _Known.read_at = version, now
    return _Known.version


def read_version() -> str:
    """Read the version from the database."""
    from cms.core.models import SiteChange  # models need a loaded registry, the middleware is made before

    row = SiteChange.objects.aggregate(number=Count("pk"), last=Max("pk"))
    return f"{row['number']}-{row['last'] or 0}"


def site_changed() -> None:
    """Note that public pages may look different once the running transaction is committed.

    Once in a transaction is enough; a note that was rolled back with a savepoint does not count.
    """
    from cms.core.models import SiteChange

    if any(function is _after_commit for _savepoints, function, _robust in connection.run_on_commit):
        return
    transaction.on_commit(_after_commit)
    SiteChange.objects.create()


def _after_commit() -> None:
    forget_version()
    purge_soon()
    newest = newest_change()
    if newest % TRIM_EVERY == 0:
        trim_changes()


def forget_version() -> None:
    """Read the version anew at the next request: who has just published sees it at once."""
    _Known.read_at = -inf


def newest_change() -> int:
    """Return the number of the newest note, 0 when there is none."""
    from cms.core.models import SiteChange

    return SiteChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def trim_changes() -> int:
    """Delete old notes; the version changes by it, which costs one more drawing of each page. Returns how many."""
    from cms.core.models import SiteChange

    old = SiteChange.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).exclude(pk=newest_change())
    return old.delete()[0]
