"""From memberships to the API's rows: a fixed number of queries for one or for a hundred."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from platform_apps.memberships.models import Invitation
from platform_apps.memberships.selectors import entry_names
from platform_apps.memberships.tokens import token_of
from platform_apps.profiles.cards import PersonCard, person_cards

TEAM_COLUMNS = ("id", "user_id", "role", "title", "sort_text")
COLUMNS = (
    "id", "user_id", "entry_id", "standing", "role", "title", "is_listed", "message", "availability", "answers",
    "reason", "asked_at", "decided_at", "joined_at", "ended_at", "changed_at",
)  # fmt: skip
SHOWN = (
    "id", "standing", "role", "title", "is_listed", "message", "availability", "answers", "reason", "asked_at",
    "decided_at", "joined_at", "ended_at",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """For whom rows are made: the person, their language, and the site's own address."""

    user: Any
    language: str
    absolute: Callable[[str], str]

    def person(self, card: PersonCard | None) -> dict[str, Any]:
        """Return a person; who is not to be seen has no name."""
        if card is None:
            return {"id": None, "name": "", "avatar": "", "url": ""}
        paths = {"avatar": card.avatar, "url": card.path}
        return {"id": card.id, "name": card.name} | {key: path and self.absolute(path) for key, path in paths.items()}


def team_rows(rows: Iterable[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Return members as everybody may see them. One query."""
    found = list(rows)
    cards = person_cards([row["user_id"] for row in found], reader.user)
    return [
        {"id": row["id"], "person": reader.person(cards[row["user_id"]]), "role": row["role"], "title": row["title"]}
        for row in found
        if row["user_id"] in cards
    ]


def membership_rows(rows: Iterable[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Return memberships for their own people and for admins. Two queries."""
    found = list(rows)
    cards = person_cards({row["user_id"] for row in found}, reader.user)
    names = entry_names({row["entry_id"] for row in found}, reader.language)
    return [
        {name: row[name] for name in SHOWN}
        | {"person": reader.person(cards.get(row["user_id"])), "entry": _entry(names[row["entry_id"]], reader)}
        for row in found
    ]


def _entry(named: dict[str, Any], reader: Reader) -> dict[str, Any]:
    url = reader.absolute(named["path"]) if named["path"] else ""
    return {"id": named["id"], "kind": named["kind"], "title": named["title"], "url": url}


def invitation_row(invitation: Invitation, reader: Reader) -> dict[str, Any]:
    """Return an invitation for the admins of its entry. The address of one that was mailed is its reader's alone."""
    path = "" if invitation.email else reverse("invitation", args=[token_of(invitation.pk)])
    return {
        "id": invitation.pk,
        "email": invitation.email,
        "url": path and reader.absolute(path),
        "role": invitation.role,
        "max_uses": invitation.max_uses,
        "used": invitation.used,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }
