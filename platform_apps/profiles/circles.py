"""Circles: the people whom somebody shares an entry with. Whoever knows who belongs where says so here."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

# The ids of users who share an entry with a user; and of those in any of some entries. Both as subqueries.
Circle = Callable[[Any], QuerySet[Any]]
People = Callable[[tuple[UUID, ...]], QuerySet[Any]]

_known: dict[str, Any] = {}


def register_circles(*, circle_of: Circle, people_in: People) -> None:
    """Say whose circles there are. Called once, by the app that keeps memberships."""
    _known.update(circle_of=circle_of, people_in=people_in)


def circle_of(user: Any) -> QuerySet[Any] | None:
    """Return the ids of the people who share an entry with the user, as a subquery; None where nobody keeps count."""
    known = _known.get("circle_of")
    return known(user) if known else None


def people_in(entry_ids: tuple[UUID, ...]) -> QuerySet[Any] | None:
    """Return the ids of the people in any of the entries, as a subquery; None where nobody keeps count."""
    known = _known.get("people_in")
    return known(entry_ids) if known else None
