from typing import Any

from django.db import transaction

from cms.core.refusals import require
from cms.directory.models import Entry
from cms.directory.services import set_verified
from platform_apps.memberships import permissions
from platform_apps.memberships.events import verification_changed

from .team import alone_in


def verify_organization(*, actor: Any, entry: Entry, is_verified: bool = True) -> None:
    """Say that an organization is what it says it is, or take that back. Moderators only."""
    with alone_in(entry.pk) as entry:  # noqa: PLR1704 (the same entry, held)
        require(permissions.can_verify(actor, entry))
        if entry.is_verified != is_verified:
            set_verified(entry_id=entry.pk, is_verified=is_verified)
            transaction.on_commit(
                lambda: verification_changed.send(sender=Entry, entry_id=entry.pk, is_verified=is_verified, actor=actor)
            )
