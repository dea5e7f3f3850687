import uuid
from collections.abc import Iterable

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from cms.places.querysets import GeoQuerySet

from .enums import Attendance, Kind, State


class EntryQuerySet(GeoQuerySet):
    """Named reads of the directory. Every list on the site and in the API starts here."""

    def published(self) -> "EntryQuerySet":
        return self.filter(state=State.PUBLISHED)

    def of_kind(self, kind: Kind | str) -> "EntryQuerySet":
        return self.filter(kind=kind)

    def in_hub(self, hub_id: uuid.UUID) -> "EntryQuerySet":
        """Entries linked to the hub or to one of the hubs below it."""
        links = self.model.hubs.through.objects.filter(entry=OuterRef("pk"), hub_id=hub_id)
        return self.filter(Exists(links))

    def with_term(self, keys: Iterable[uuid.UUID]) -> "EntryQuerySet":
        """Entries that carry at least one of the terms; give a term's whole subtree to include what lies below it."""
        terms = self.model.terms.rel.related_model.objects.filter(entry=OuterRef("pk"), key__in=list(keys))
        return self.filter(Exists(terms))

    def of_organization(self, organization_id: uuid.UUID) -> "EntryQuerySet":
        """Entries that the organization leads or takes part in."""
        links = self.model.organizations.through.objects.filter(entry=OuterRef("pk"), organization_id=organization_id)
        return self.filter(Exists(links))

    def online(self) -> "EntryQuerySet":
        return self.filter(attendance__in=[Attendance.ONLINE, Attendance.BOTH])

    def written_in(self, language: str) -> "EntryQuerySet":
        """Entries that have a public text in the language."""
        texts = self.model.texts.rel.related_model.objects.filter(entry=OuterRef("pk"), language=language, is_live=True)
        return self.filter(Exists(texts))

    def with_text(self, language: str) -> "EntryQuerySet":
        """Annotate title, slug, summary, url, image and text_language: in `language`, else in the source language.

        Only live texts count: when the source is not public in its own language, any public text stands in
        (`shown_language` is kept by the directory for that).
        """
        chosen = {
            "wanted": FilteredRelation("texts", condition=Q(texts__language=language, texts__is_live=True)),
            "fallback": FilteredRelation("texts", condition=Q(texts__language=F("shown_language"))),
        }
        names = ("title", "slug", "summary", "image", "page_id", "is_machine_draft", "is_stale")
        columns = {f"text_{name}": Coalesce(F(f"wanted__{name}"), F(f"fallback__{name}")) for name in names}
        return self.annotate(**chosen).annotate(
            **columns, text_language=Coalesce(F("wanted__language"), F("fallback__language"))
        )


class EntryTextQuerySet(QuerySet):
    """Named reads of entry texts."""

    def live(self) -> "EntryTextQuerySet":
        return self.filter(is_live=True)
