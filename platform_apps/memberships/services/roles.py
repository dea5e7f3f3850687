"""Who may do what in an entry, and how its team presents itself."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core.page_cache.version import site_changed
from cms.core.refusals import ConflictError, NotAllowedError, require
from cms.directory.models import Entry
from platform_apps.memberships import events, mails, permissions
from platform_apps.memberships.enums import RANKS, Role
from platform_apps.memberships.models import TITLE_LENGTH, Membership
from platform_apps.memberships.rules import NO_PLACE

from .team import activate, alone_in, as_it_is, keep, require_another_admin, tell

MOST_PLACES = 200


def found_team(*, user: Any, entry: Entry) -> Membership:
    """Make the person who brings an entry into the world its first admin.

    For those who make entries; nobody else calls it. Raises ConflictError when the entry has an admin.
    """
    with alone_in(entry.pk):
        if Membership.objects.in_entry(entry.pk).admins().exists():
            raise ConflictError(_("There is an admin already."))
        membership = permissions.membership_of(user, entry.pk) or Membership(user=user, entry=entry)
        return activate(membership, actor=user, role=Role.ADMIN)


def change_role(*, actor: Any, membership: Membership, role: Role) -> Membership:
    """Give a member another role. Nobody raises themselves; the last admin stays one."""
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        require(permissions.can_change_role(actor, membership, role), _("You cannot give this role."))
        if not membership.is_active:
            raise ConflictError(_("This person does not belong to it any more."))
        if membership.role == role:
            return membership
        if RANKS[role] < RANKS[Role.ADMIN]:
            require_another_admin(membership, actor)
        return _give(membership, role, actor)


def _give(membership: Membership, role: Role, actor: Any) -> Membership:
    membership.role = role
    keep(membership)
    if membership.user_id != actor.pk:
        mails.tell_role(membership)
    tell(events.role_changed, membership, actor)
    return membership


def hand_over(*, actor: Any, membership: Membership) -> Membership:
    """Make another member admin in one's own place, in one step. Returns what the actor is now: a plain member."""
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        own = permissions.membership_of(actor, membership.entry_id)
        if own is None or not own.is_admin or own.pk == membership.pk:
            raise NotAllowedError(_("You cannot give this role."))
        if not membership.is_active or not membership.user.is_active:
            raise ConflictError(_("This person does not belong to it any more."))
        if not membership.is_admin:
            _give(membership, Role.ADMIN, actor)
        return _give(own, Role.MEMBER, actor)


def change_details(
    *, actor: Any, membership: Membership, title: str | None = None, is_listed: bool | None = None
) -> Membership:
    """Change what the team's list says of a member, and whether it says anything. None leaves it as it is."""
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        require(permissions.can_change_details(actor, membership))
        if not membership.is_active:
            raise ConflictError(_("This person does not belong to it any more."))
        if is_listed is not None:
            # Whether to be seen is a person's own choice.
            require(membership.user_id == actor.pk or is_listed == membership.is_listed)
            membership.is_listed = is_listed
        if title is not None:
            membership.title = title[:TITLE_LENGTH]
        membership.save()
        site_changed()
        return membership


def order_team(*, actor: Any, entry: Entry, membership_ids: Sequence[uuid.UUID]) -> None:
    """Put members first in the given order; the others follow, admins first. Raises ValidationError for strangers."""
    with alone_in(entry.pk):
        require(permissions.can_manage_team(actor, entry.pk))
        if len(set(membership_ids)) != len(membership_ids) or len(membership_ids) > MOST_PLACES:
            raise ValidationError({"members": [_("Each member once, and at most 200 of them.")]})
        places = {key: place for place, key in enumerate(membership_ids)}
        team = Membership.objects.in_entry(entry.pk).active()
        if team.filter(pk__in=places).count() != len(places):
            raise ValidationError({"members": [_("Only members have a place in the team.")]})
        for member in team.filter(position__lt=NO_PLACE) | team.filter(pk__in=places):
            place = places.get(member.pk, NO_PLACE)
            if member.position != place:
                member.position = place
                member.save()
        site_changed()
