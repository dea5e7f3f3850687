"""A person in one line: name and picture, wherever people stand in lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model


@dataclass(frozen=True)
class PersonCard:
    """What a list shows of a person to one viewer. `avatar` and `path` are "" when there is none to be seen."""

    id: str
    name: str
    avatar: str = ""
    path: str = ""


def person_cards(user_ids: Iterable[int], viewer: Any) -> dict[int, PersonCard]:
    """Return the cards of users by their primary key, as the viewer may see them. One query."""
    users = get_user_model()._default_manager.filter(pk__in=list(user_ids))
    return {user.pk: PersonCard(id=str(user.uuid), name=user.get_full_name()) for user in users}
