"""Teams for tests: entries without pages, people, and memberships in every standing."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.editorial.enums import SiteGroup
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import Invitation, Membership
from platform_apps.profiles.enums import Visibility
from platform_apps.profiles.models import Profile
from tests.factories.directory import make_entry, save_entries

_numbers = itertools.count(1)
# Every way in which somebody can stand to a team, and who stands above all teams.
ROLES = (
    "anonymous", "outsider", "asked", "pending", "declined", "member", "editor", "admin", "former", "removed", "banned",
    "other_admin", "moderator", "operator",
)  # fmt: skip
STANDINGS = {
    "asked": Standing.ASKED,
    "pending": Standing.REQUESTED,
    "declined": Standing.DECLINED,
    "former": Standing.LEFT,
    "removed": Standing.REMOVED,
    "banned": Standing.BANNED,
}


def make_person(name: str = "", **fields: Any) -> Any:
    """Make somebody with a verified address."""
    number = next(_numbers)
    email = f"{(name or 'person').lower()}{number}@example.org"
    user = get_user_model().objects.create_user(email, first_name=name or "Person", last_name=str(number), **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_public(name: str) -> Any:
    """Make a person whose name everybody may read."""
    person = make_person(name)
    Profile.objects.filter(user=person).update(name_visibility=Visibility.EVERYONE)
    return person


def make_joinable(kind: str = Kind.PROJECT, **columns: Any) -> Entry:
    """Make an entry that people can join."""
    return save_entries([make_entry(kind, **columns)])[0]


def make_membership(
    entry: Entry, user: Any = None, *, role: Role = Role.MEMBER, standing: Standing = Standing.ACTIVE, **fields: Any
) -> Membership:
    """Store a membership past the services: nobody is told. The number of members is right all the same."""
    now = timezone.now()
    ended = standing in {Standing.LEFT, Standing.REMOVED, Standing.BANNED}
    fields = {
        "joined_at": now if standing == Standing.ACTIVE or ended else None,
        "decided_at": now if standing in {Standing.DECLINED, Standing.REMOVED, Standing.BANNED} else None,
    } | fields
    made = Membership.objects.create(entry=entry, user=user or make_person(), role=role, standing=standing, **fields)
    Entry.objects.filter(pk=entry.pk).update(member_count=Membership.objects.in_entry(entry.pk).active().count())
    return made


def fill_team(entry: Entry, number: int, *, standing: Standing = Standing.ACTIVE, **fields: Any) -> None:
    """Add many people at once."""
    users = get_user_model().objects.bulk_create(
        [
            get_user_model()(email=f"crowd{next(_numbers)}@example.org", first_name=f"Crowd {position}")
            for position in range(number)
        ]
    )
    now = timezone.now()
    rows = [
        Membership(
            entry=entry, user=user, standing=standing, joined_at=now, sort_text=f"99999{position:021d}", **fields
        )
        for position, user in enumerate(users)
    ]
    Membership.objects.bulk_create(rows, batch_size=500)


def make_invitation(entry: Entry, inviter: Any, **fields: Any) -> Invitation:
    """Store an invitation that is open for a day."""
    fields = {"expires_at": timezone.now() + timedelta(days=1)} | fields
    return Invitation.objects.create(entry=entry, invited_by=inviter, **fields)


def sign_in(user: Any) -> Client:
    """Return a client of somebody, or of nobody."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@dataclass
class TeamWorld:
    """An entry with one person for every role, and another one of whose admin nobody here has to be afraid."""

    entry: Entry
    other: Entry
    users: dict[str, Any] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)


def build_team(kind: str = Kind.ORGANIZATION) -> TeamWorld:
    """Build it. The entry has a second admin, so that the first one may go."""
    world = TeamWorld(make_joinable(kind), make_joinable(kind))
    world.users = {"anonymous": None} | {role: make_person(role.title()) for role in ROLES[1:]}
    make_membership(world.entry, role=Role.ADMIN)
    for role in (Role.MEMBER, Role.EDITOR, Role.ADMIN):
        world.memberships[role.value] = make_membership(world.entry, world.users[role.value], role=role)
    admin = world.users["admin"]
    for name, standing in STANDINGS.items():
        world.memberships[name] = make_membership(world.entry, world.users[name], standing=standing, asked_by=admin)
    make_membership(world.other, world.users["other_admin"], role=Role.ADMIN)
    for name, group in (("moderator", SiteGroup.MODERATORS), ("operator", SiteGroup.OPERATORS)):
        world.users[name].groups.add(Group.objects.get_or_create(name=group.value)[0])
    return world
