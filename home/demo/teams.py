"""Gives hubs, organizations and projects of the demo people, through the same services as everybody's."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any

from cms.directory.enums import Kind
from cms.directory.models import Entry
from platform_apps.accounts.models import User
from platform_apps.accounts.services import DEMO_DOMAIN
from platform_apps.memberships.enums import Role
from platform_apps.memberships.models import Membership
from platform_apps.memberships.services import (
    accept_invitation,
    change_details,
    found_team,
    invite_by_link,
    join_entry,
    verify_organization,
)

# How many of each kind have people, the best-ranked first, and how many people; each join costs some milliseconds.
TEAMS = {Kind.HUB: (14, 5), Kind.ORGANIZATION: (10, 3), Kind.PROJECT: (12, 3)}
VERIFIED = 4
TITLES = {
    "en": ("Answers the telephone", "Keeps the accounts", "Brings the ladder", "Writes the minutes", ""),
    "de": ("Geht ans Telefon", "Macht die Buchhaltung", "Bringt die Leiter mit", "Schreibt Protokoll", ""),
}


def load_teams() -> None:
    """Make the teams. Without demo accounts there are none."""
    people = list(User.objects.filter(email__iendswith=f"@{DEMO_DOMAIN}", is_active=True).order_by("email"))
    if not people:
        return
    for kind, (number, size) in TEAMS.items():
        # By key, which is the same on every machine; the rank depends on the day.
        entries = Entry.objects.published().of_kind(kind).order_by("pk")[:number]
        for place, entry in enumerate(entries):
            members = list(islice(cycle(people), place, place + min(size, len(people))))
            _fill(entry, members, place)
    _verify()


def _fill(entry: Entry, people: Sequence[Any], place: int) -> None:
    """Let the first found the team, unless a hub has its editors, and the others come in the way that there is."""
    admin = Membership.objects.in_entry(entry.pk).admins().select_related("user").first()
    founder = admin.user if admin else found_team(user=people[0], entry=entry).user
    for person in people:
        if entry.kind == Kind.HUB:
            join_entry(user=person, entry=entry)
        elif person != founder:
            link = invite_by_link(actor=founder, entry=entry, role=Role.EDITOR if place % 2 else Role.MEMBER)
            accept_invitation(user=person, invitation=link)
    for membership, position in _with_number(entry):
        titles = TITLES.get(membership.user.preferred_language, TITLES["en"])
        title = titles[(place + position) % len(titles)]
        change_details(actor=membership.user, membership=membership, title=title, is_listed=True)


def _with_number(entry: Entry) -> Iterator[tuple[Membership, int]]:
    members = Membership.objects.in_entry(entry.pk).active().select_related("user").order_by("user__email")
    return ((membership, position) for position, membership in enumerate(members))


def _verify() -> None:
    moderator = User.objects.filter(email=f"moderator@{DEMO_DOMAIN}").first()
    if moderator:
        for entry in Entry.objects.published().of_kind(Kind.ORGANIZATION).order_by("pk")[:VERIFIED]:
            verify_organization(actor=moderator, entry=entry)
