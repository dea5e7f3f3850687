"""Who may do what with teams. Nothing is remembered from one question to the next: what was taken away is gone."""

import uuid
from typing import Any

from django.db.models import Q

from cms.directory.enums import Kind, State
from cms.directory.models import Entry
from cms.editorial.enums import SiteGroup

from .enums import JOINABLE_KINDS, RANKS, RUNNING_ROLES, Role, Standing
from .models import Membership


def is_person(user: Any) -> bool:
    """Return whether somebody is signed in whose account is open."""
    return bool(user is not None and user.is_authenticated and user.is_active)


def membership_of(user: Any, entry_id: uuid.UUID) -> Membership | None:
    """Return how a person stands to an entry, None when the two have nothing to do with each other."""
    return Membership.objects.of(user).in_entry(entry_id).first() if is_person(user) else None


def roles_of(user: Any) -> dict[uuid.UUID, Role]:
    """Return the roles that a person has now, by entry."""
    if not is_person(user):
        return {}
    return {
        entry_id: Role(role) for entry_id, role in Membership.objects.of(user).active().values_list("entry_id", "role")
    }


def role_in(user: Any, entry_id: uuid.UUID) -> Role | None:
    """Return the role that a person has in an entry now, None for who does not belong to it."""
    membership = membership_of(user, entry_id)
    return Role(membership.role) if membership and membership.is_active else None


def has_role(user: Any, entry_id: uuid.UUID, least: Role) -> bool:
    """Return whether a person has a role in an entry, or one that may do more."""
    role = role_in(user, entry_id)
    return role is not None and RANKS[role] >= RANKS[least]


def is_site_operator(user: Any) -> bool:
    """Return whether the person runs the whole site, and so helps out where a team has no admin."""
    return _is_in(user, SiteGroup.OPERATORS)


def _is_in(user: Any, *groups: SiteGroup) -> bool:
    if not is_person(user):
        return False
    return bool(user.is_superuser) or user.groups.filter(name__in=[group.value for group in groups]).exists()


def can_see_entry(user: Any, entry: Entry) -> bool:
    """Return whether a person may know of an entry's team: everybody of public ones, its own people of the others."""
    if entry.kind not in JOINABLE_KINDS:
        return False
    return entry.state == State.PUBLISHED or has_role(user, entry.pk, Role.EDITOR) or is_site_operator(user)


def can_join(user: Any, entry: Entry) -> bool:
    """Return whether a person may come in or ask to, by whatever way the entry has."""
    if not is_person(user) or entry.kind not in JOINABLE_KINDS or entry.state != State.PUBLISHED:
        return False
    membership = membership_of(user, entry.pk)
    return membership is None or membership.standing != Standing.BANNED


def can_manage_team(user: Any, entry_id: uuid.UUID) -> bool:
    """Return whether a person decides who belongs to an entry and in which role."""
    return has_role(user, entry_id, Role.ADMIN) or is_site_operator(user)


def can_see_membership(user: Any, membership: Membership) -> bool:
    """Return whether a person may read all of a membership: it is theirs, or they decide on it."""
    return is_person(user) and (membership.user_id == user.pk or can_manage_team(user, membership.entry_id))


def can_change_role(user: Any, membership: Membership, role: Role) -> bool:
    """Return whether a person may give somebody a role. Nobody raises themselves."""
    if not can_manage_team(user, membership.entry_id):
        return False
    return membership.user_id != user.pk or RANKS[role] <= RANKS[membership.role]


def can_change_details(user: Any, membership: Membership) -> bool:
    """Return whether a person may change what the team's list says of somebody."""
    return can_see_membership(user, membership)


def can_end_membership_of(user: Any, membership: Membership) -> bool:
    """Return whether a person may remove or ban somebody. Whoever wants to go themselves leaves."""
    return can_manage_team(user, membership.entry_id) and membership.user_id != user.pk


def can_verify(user: Any, entry: Entry) -> bool:
    """Return whether a person may say that an organization is what it says it is."""
    is_organization = entry.kind == Kind.ORGANIZATION and entry.state == State.PUBLISHED
    return is_organization and _is_in(user, SiteGroup.MODERATORS, SiteGroup.OPERATORS)


def leads_somewhere() -> Q:
    """Return the condition of memberships whose person may open the entry: a public one, or one that they work on."""
    return Q(entry__state=State.PUBLISHED) | Q(standing=Standing.ACTIVE, role__in=RUNNING_ROLES)
