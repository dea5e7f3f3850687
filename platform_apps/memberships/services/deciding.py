"""What admins decide on people: approve, decline, remove, ban."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.refusals import ConflictError, require
from platform_apps.memberships import events, mails, permissions
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import TEXT_LENGTH, Membership

from .team import activate, alone_in, as_it_is, end, require_another_admin, tell


def approve_request(*, actor: Any, membership: Membership) -> Membership:
    """Let somebody in who has asked. Approved already, it changes nothing and nobody is told twice."""
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        require(permissions.can_manage_team(actor, membership.entry_id) and membership.user_id != actor.pk)
        if membership.is_active:
            return membership
        _require_request(membership)
        membership.decided_by, membership.decided_at = actor, timezone.now()
        activate(membership, actor=actor, role=Role.MEMBER)
        mails.tell_approved(membership)
        tell(events.request_approved, membership, actor)
        return membership


def decline_request(*, actor: Any, membership: Membership, reason: str = "") -> Membership:
    """Say no to somebody who has asked, and why. They can ask again after thirty days."""
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        require(permissions.can_manage_team(actor, membership.entry_id) and membership.user_id != actor.pk)
        if membership.standing == Standing.DECLINED:
            return membership
        _require_request(membership)
        end(membership, Standing.DECLINED, actor=actor, reason=reason[:TEXT_LENGTH])
        mails.tell_declined(membership)
        tell(events.request_declined, membership, actor)
        return membership


def _require_request(membership: Membership) -> None:
    if membership.standing != Standing.REQUESTED:
        raise ConflictError(_("This request was taken back or decided meanwhile."))


def remove_member(*, actor: Any, membership: Membership, reason: str = "") -> Membership:
    """Take somebody out of an entry, or take back the question whether they want in.

    They can ask to come back. Raises ConflictError for the last admin.
    """
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        require(permissions.can_end_membership_of(actor, membership))
        if membership.standing in {Standing.REMOVED, Standing.WITHDRAWN}:
            return membership
        if membership.standing == Standing.ASKED:
            return end(membership, Standing.WITHDRAWN, actor=actor)
        if not membership.is_active:
            raise ConflictError(_("This person does not belong to it any more."))
        require_another_admin(membership, actor)
        end(membership, Standing.REMOVED, actor=actor, reason=reason[:TEXT_LENGTH])
        mails.tell_removed(membership)
        tell(events.member_removed, membership, actor)
        return membership


def ban_member(*, actor: Any, membership: Membership, reason: str = "") -> Membership:
    """Close an entry to somebody: they are out, and cannot ask, be invited or be added until the ban is lifted."""
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        require(permissions.can_end_membership_of(actor, membership))
        if membership.standing == Standing.BANNED:
            return membership
        require_another_admin(membership, actor)
        was_active = membership.is_active
        end(membership, Standing.BANNED, actor=actor, reason=reason[:TEXT_LENGTH])
        if was_active:
            mails.tell_removed(membership)
        tell(events.member_banned, membership, actor)
        return membership


def unban_member(*, actor: Any, membership: Membership) -> Membership:
    """Lift a ban: the person may ask to join again, and is no member by it."""
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        require(permissions.can_end_membership_of(actor, membership))
        if membership.standing != Standing.BANNED:
            return membership
        end(membership, Standing.REMOVED, actor=actor)
        tell(events.member_unbanned, membership, actor)
        return membership
