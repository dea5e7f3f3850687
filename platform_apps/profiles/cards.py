"""A person in one line: name and picture, wherever people stand in lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.taxonomy.enums import Hue

from .enums import Relation
from .models import Profile
from .sight import USUAL, initials, sees
from .visibility import Viewer, viewer_of

AVATAR_SIDE = 512
COLUMNS = (
    "pk", "uuid", "first_name", "last_name", "is_active", "profile__name_visibility", "profile__avatar_visibility",
    "profile__avatar",
)  # fmt: skip


@dataclass(frozen=True)
class PersonCard:
    """What a list shows of a person to one viewer. `avatar` and `path` are "" when there is none to be seen."""

    id: str
    name: str
    avatar: str = ""
    path: str = ""

    @property
    def url(self) -> str:
        """The address, under the name that the components of the design system know."""
        return self.path

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def hue(self) -> str:
        return hue_of(self.id)

    @property
    def image(self) -> dict[str, Any] | None:
        """The picture as the component for faces takes it."""
        return picture(self.avatar)


def person_cards(user_ids: Iterable[int], viewer: Any) -> dict[int, PersonCard]:
    """Return the cards of users by their primary key, as the viewer may see them. One query.

    `viewer` is a user, None for anybody, or a Viewer.
    """
    seeing = viewer if isinstance(viewer, Viewer) else viewer_of(viewer)
    users = get_user_model()._default_manager.filter(pk__in=list(user_ids)).annotate(is_close=_closeness(seeing))
    return {row["pk"]: _card(row, seeing) for row in users.values(*COLUMNS, "is_close")}


def public_columns(prefix: str) -> tuple[str, ...]:
    """Return what `public_card` needs of a user behind a foreign key, whose name with two underscores is `prefix`."""
    return tuple(f"{prefix}{name}" for name in COLUMNS)


def public_card(row: Mapping[str, Any], prefix: str) -> PersonCard:
    """Return somebody's card, as everybody may see it, from a row of other things that has the columns."""
    return _card({name: row[f"{prefix}{name}"] for name in COLUMNS} | {"is_close": False}, viewer_of(None))


def _closeness(viewer: Viewer) -> Any:
    close = Profile.objects.filter(viewer.is_close, user=OuterRef("pk"))
    return Case(When(Exists(close), then=Value(value=True)), default=Value(value=False), output_field=BooleanField())


def _card(row: Mapping[str, Any], viewer: Viewer) -> PersonCard:
    if not row["is_active"]:
        return PersonCard(id=str(row["uuid"]), name=no_name())
    relation = viewer.relation(row["is_close"])
    name = full_name(row["first_name"], row["last_name"])
    return PersonCard(
        id=str(row["uuid"]),
        name=name if name and _is_seen(row, "name", relation) else no_name(),
        avatar=avatar_url(row["profile__avatar"]) if _is_seen(row, "avatar", relation) else "",
        path=reverse("person", args=[row["uuid"]]),
    )


def _is_seen(row: Mapping[str, Any], field: str, relation: Relation) -> bool:
    return sees(row[f"profile__{field}_visibility"] or USUAL, relation)


def full_name(first: str, last: str) -> str:
    """Return a person's name, "" where they have given none: never their address."""
    return f"{first} {last}".strip()


def no_name() -> str:
    """Return what stands in place of a name that is not to be seen."""
    return _("A member")


def avatar_url(name: str | None) -> str:
    """Return the address of a stored picture, "" for none."""
    return str(default_storage.url(name)) if name else ""


def picture(url: str) -> dict[str, Any] | None:
    """Return a picture with its measures; None for none."""
    return {"url": url, "width": AVATAR_SIDE, "height": AVATAR_SIDE} if url else None


def hue_of(key: str) -> str:
    """Return the colour of somebody's initials: always the same one."""
    return Hue.values[sum(key.encode()) % len(Hue.values)]
