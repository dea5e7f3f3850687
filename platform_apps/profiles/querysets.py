from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.places.names import folded

from .visibility import Viewer

# What a search by words looks into, and the field whose visibility decides.
TEXTS = {"name": "folded_name", "headline": "folded_headline", "about": "folded_about"}


class ProfileQuerySet(QuerySet):
    """Named reads of profiles. Each that narrows by a field leaves out those who do not show it to the viewer."""

    def active(self) -> Self:
        """Profiles of people who can sign in."""
        return self.filter(user__is_active=True)

    def listed_for(self, viewer: Viewer) -> Self:
        """Profiles that lists show: those whose name the viewer sees."""
        return self.active().filter(viewer.sees("name"))

    def with_closeness(self, viewer: Viewer) -> Self:
        """Annotate `is_close`: whether the viewer is in the person's circle."""
        return self.annotate(is_close=viewer.closeness)

    def with_skill(self, keys: Iterable[UUID], viewer: Viewer) -> Self:
        return self.filter(viewer.sees("skills"), self._has("skills", key__in=list(keys)))

    def with_sector(self, keys: Iterable[UUID], viewer: Viewer) -> Self:
        return self.filter(viewer.sees("sectors"), self._has("sectors", key__in=list(keys)))

    def speaking(self, codes: Iterable[str], viewer: Viewer) -> Self:
        return self.filter(viewer.sees("languages"), self._has("languages", code__in=list(codes)))

    def available(self, values: Iterable[str], viewer: Viewer) -> Self:
        return self.filter(viewer.sees("availability"), availability__in=list(values))

    def at(self, places: Any, viewer: Viewer) -> Self:
        """Profiles of people who are at home in one of the places: a list of ids, or a subquery of them."""
        return self.filter(viewer.sees("place"), place__in=places)

    def saying(self, words: Iterable[str], viewer: Viewer) -> Self:
        """Profiles that have every word in what the viewer sees of name and texts; accents and case do not matter."""
        found = self
        for word in words:
            said = Q()
            for field, column in TEXTS.items():
                said |= viewer.sees(field) & Q(**{f"{column}__contains": folded(word)})
            found = found.filter(said)
        return found

    def _has(self, name: str, **values: Any) -> Exists:
        rows = getattr(self.model, name).rel.related_model.objects
        return Exists(rows.filter(profile=OuterRef("pk"), **values))
