"""What every change of a team has in common: one at a time, the number kept, the hub's group in step, the news told."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.page_cache.version import site_changed
from cms.core.refusals import ConflictError
from cms.directory.models import Entry
from cms.directory.services import set_member_count
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.events import member_joined
from platform_apps.memberships.models import Membership
from platform_apps.memberships.permissions import is_site_operator

from .hub_groups import put_group_in_step


@contextmanager
def alone_in(entry_id: uuid.UUID) -> Iterator[Entry]:
    """Hold the entry for a transaction: of several who change one team at once, each finds what the last one left."""
    with transaction.atomic():
        yield Entry.objects.select_for_update().get(pk=entry_id)


def as_it_is(membership: Membership) -> Membership:
    """Return a membership as it is by now. Ask while alone in its entry. Raises ConflictError when it is gone."""
    found = Membership.objects.select_related("user", "entry").filter(pk=membership.pk).first()
    if found is None:
        raise ConflictError(_("This membership is gone."))
    return found


def tell(event: Signal, membership: Membership, actor: Any) -> None:
    """Announce something once the transaction holds."""
    transaction.on_commit(lambda: event.send(sender=Membership, membership=membership, actor=actor))


def activate(membership: Membership, *, actor: Any, role: str) -> Membership:
    """Make somebody a member. The number, the hub's group and the pages follow."""
    membership.standing, membership.role = Standing.ACTIVE, role
    membership.joined_at, membership.ended_at = timezone.now(), None
    keep(membership)
    tell(member_joined, membership, actor)
    return membership


def end(membership: Membership, standing: Standing, *, actor: Any, reason: str = "") -> Membership:
    """End a membership, or what might have become one. A role ends with it: who comes back begins as a member."""
    now = timezone.now()
    if membership.is_active:
        membership.ended_at = now
    membership.standing, membership.role, membership.reason = standing, Role.MEMBER, reason
    membership.decided_by, membership.decided_at = actor, now
    keep(membership)
    return membership


def keep(membership: Membership) -> None:
    """Store a membership and let follow what is made of it."""
    membership.save()
    recount(membership.entry_id)
    put_group_in_step(membership)
    site_changed()


def recount(entry_id: uuid.UUID) -> None:
    """Write the number of an entry's members anew. Counted, not added to, so that it cannot drift."""
    set_member_count(entry_id=entry_id, number=Membership.objects.in_entry(entry_id).active().count())


def require_another_admin(membership: Membership, actor: Any) -> None:
    """Raise ConflictError when an entry would be left without an admin. Who runs the site may leave it so."""
    others = Membership.objects.in_entry(membership.entry_id).admins().exclude(pk=membership.pk)
    if membership.is_admin and not is_site_operator(actor) and not others.exists():
        raise ConflictError(_("Somebody has to be admin. Hand over to another member first."))
