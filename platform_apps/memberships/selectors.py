"""Reads about teams for pages, the API and other apps. Each takes the same number of queries however many rows."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from cms.directory.enums import State
from cms.directory.models import Entry
from platform_apps.profiles.cards import public_card, public_columns

from .enums import RUNNING_ROLES, Role, Standing
from .models import Membership, TeamSettings
from .permissions import leads_somewhere, membership_of

FIRST = 12
PERSON = "user__"
# What a portrait is made of.
PORTRAIT = ("role", "title", *public_columns(PERSON))


@dataclass(frozen=True)
class Team:
    """The first of a team, as everybody may see them, and how others come in."""

    people: list[dict[str, Any]]
    has_more: bool
    policy: str


def team_of(entry: Entry, *, size: int = FIRST) -> Team:
    """Return the first of a public team, for the people component. One query."""
    rows = _first_listed(entry, size + 1) if entry.member_count else []
    chosen = rows[0]["policy"] if rows else TeamSettings.of(entry).policy
    return Team(portraits(rows[:size]), len(rows) > size, chosen or TeamSettings.usual_policy(entry.kind))


def _first_listed(entry: Entry, number: int) -> list[dict[str, Any]]:
    policy = Subquery(TeamSettings.objects.filter(entry=OuterRef("entry")).values("policy"))
    listed = Membership.objects.in_entry(entry.pk).listed().annotate(policy=policy)
    return list(listed.order_by("sort_text", "pk").values("policy", *PORTRAIT)[:number])


def portraits(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return members for the people component, as everybody may see them, from rows with the columns of PORTRAIT."""
    return [_portrait(row) for row in rows]


def _portrait(row: dict[str, Any]) -> dict[str, Any]:
    """Return one member. Without a title, a role beyond member stands there."""
    card = public_card(row, PERSON)
    role = Role(row["role"]).label if row["role"] in RUNNING_ROLES else ""
    return {
        "name": card.name,
        "role": row["title"] or role,
        "url": card.url,
        "initials": card.initials,
        "hue": card.hue,
        "image": card.image,
    }


@dataclass(frozen=True)
class Tie:
    """What one person is to one entry, for the personal part of its page."""

    membership: Membership | None
    waiting: int = 0


def tie_of(user: Any, entry_id: uuid.UUID) -> Tie:
    """Return how a person stands to an entry, and to an admin how many requests wait. Two queries at most."""
    membership = membership_of(user, entry_id)
    if membership is None or not membership.is_admin:
        return Tie(membership)
    return Tie(membership, Membership.objects.in_entry(entry_id).requested().count())


def own_memberships(user: Any, *standings: Standing) -> QuerySet[Membership]:
    """Return the memberships of a person in some standings, the latest change first; those that lead somewhere."""
    return Membership.objects.of(user).filter(leads_somewhere(), standing__in=standings).order_by("-changed_at", "pk")


def entry_names(entry_ids: Iterable[uuid.UUID], language: str) -> dict[uuid.UUID, dict[str, Any]]:
    """Return title, address and kind of entries in a reader's language. One query. Who asks may see them all."""
    rows = (
        Entry.objects.filter(pk__in=list(entry_ids))
        .with_text(language)
        .values("id", "kind", "paths", "shown_language", "state", "text_title", "member_count")
    )
    return {row["id"]: _named(row, language) for row in rows}


def _named(row: dict[str, Any], language: str) -> dict[str, Any]:
    path = row["paths"].get(language) or row["paths"].get(row["shown_language"], "")
    return {
        "id": row["id"],
        "kind": row["kind"],
        "title": row["text_title"] or "",
        "path": path if row["state"] == State.PUBLISHED else "",
        "member_count": row["member_count"],
    }


@dataclass(frozen=True)
class Belonging:
    """A line of "my memberships": the entry, what I am there, and how many requests wait for me."""

    membership: Membership
    entry: dict[str, Any]
    waiting: int = 0


def belongings(user: Any, language: str, *standings: Standing, first: int = 0, size: int = 100) -> list[Belonging]:
    """Return the lines of what a person belongs to, or what waits for an answer. Three queries, however many lines."""
    own = list(own_memberships(user, *(standings or (Standing.ACTIVE,)))[first : first + size])
    names = entry_names([one.entry_id for one in own], language)
    waiting = requests_waiting(user)
    return [Belonging(one, names[one.entry_id], waiting.get(one.entry_id, 0)) for one in own]


def requests_waiting(user: Any) -> dict[uuid.UUID, int]:
    """Return how many requests wait for a person's decision, by entry. One query."""
    led = Membership.objects.of(user).admins().filter(entry=OuterRef("entry"))
    waiting = Membership.objects.requested().filter(Exists(led)).order_by()
    return dict(waiting.values("entry").annotate(number=Count("pk")).values_list("entry", "number"))


def circle_of(user: Any) -> QuerySet[Any]:
    """Return the ids of everybody who belongs to an entry that the user belongs to, as a subquery."""
    own = Membership.objects.of(user).active().values("entry")
    return Membership.objects.active().filter(entry__in=own).values("user")


def people_in(entry_ids: tuple[uuid.UUID, ...]) -> QuerySet[Any]:
    """Return the ids of who is seen in the team of one of the entries, as a subquery: lists must not say more."""
    return Membership.objects.in_entry(*entry_ids).listed().values("user")
