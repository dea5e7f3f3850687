"""Who looks, and what the database is asked for them. `sight.py` says the same of single values."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from .circles import circle_of
from .enums import Relation, Visibility
from .sight import OPEN_TO


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at people: a member, or a stranger without an account. `most` makes them see less."""

    user_id: int | None = None
    circle: QuerySet[Any] | None = None
    most: Relation = Relation.CLOSE

    @property
    def is_member(self) -> bool:
        return self.user_id is not None and self.most != Relation.STRANGER

    def seeing_as(self, most: Relation) -> "Viewer":
        """Return the viewer as somebody who stands no closer than that."""
        return replace(self, most=most)

    @cached_property
    def is_close(self) -> Q:
        """The condition on a profile that its person and the viewer share an entry, or are the same."""
        if not self.is_member or self.most == Relation.MEMBER:
            return Q(pk__in=[])
        own = Q(user=self.user_id)
        return own if self.circle is None else own | Q(user__in=self.circle)

    def sees(self, field: str) -> Q:
        """Return the condition on a profile that the viewer sees this field of it."""
        column = f"{field}_visibility"
        if not self.is_member:
            return Q(**{column: Visibility.EVERYONE})
        is_open = Q(**{f"{column}__in": OPEN_TO[Relation.MEMBER]})
        return is_open | (Q(**{column: Visibility.CIRCLE}) & self.is_close)

    @property
    def closeness(self) -> Case:
        """The annotation that says of each profile whether the viewer stands close to it."""
        return Case(
            When(self.is_close, then=Value(value=True)), default=Value(value=False), output_field=BooleanField()
        )

    def relation(self, is_close: bool) -> Relation:  # noqa: FBT001 (what the annotation says)
        """Return what the viewer is to a person."""
        if not self.is_member:
            return Relation.STRANGER
        return Relation.CLOSE if is_close else Relation.MEMBER


STRANGER = Viewer()


def viewer_of(user: Any) -> Viewer:
    """Return the viewer that a user of a request is."""
    if user is None or not user.is_authenticated or not user.is_active:
        return STRANGER
    return Viewer(user.pk, circle_of(user))
