import re
import uuid
from collections.abc import Iterable

from django.db import connections
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

    def in_hub(self, *hub_ids: uuid.UUID) -> "EntryQuerySet":
        """Entries linked to one of the hubs or to a hub below it."""
        links = self.model.hubs.through.objects.filter(entry=OuterRef("pk"), hub_id__in=hub_ids)
        return self.filter(Exists(links))

    def with_term(self, keys: Iterable[uuid.UUID]) -> "EntryQuerySet":
        """Entries that carry at least one of the terms; give a term's whole subtree to include what lies below it."""
        terms = self.model.terms.rel.related_model.objects.filter(entry=OuterRef("pk"), key__in=list(keys))
        return self.filter(Exists(terms))

    def of_organization(self, *organization_ids: uuid.UUID) -> "EntryQuerySet":
        """Entries that one of the organizations leads or takes part in."""
        parts = self.model.organizations.through.objects
        links = parts.filter(entry=OuterRef("pk"), organization_id__in=organization_ids)
        return self.filter(Exists(links))

    def online(self) -> "EntryQuerySet":
        return self.filter(attendance__in=[Attendance.ONLINE, Attendance.BOTH])

    def written_in(self, *languages: str) -> "EntryQuerySet":
        """Entries that have a public text in one of the languages."""
        texts = self.model.texts.rel.related_model.objects.live().filter(language__in=languages)
        return self.filter(Exists(texts.filter(entry=OuterRef("pk"))))

    def saying(self, words: Iterable[str]) -> "EntryQuerySet":
        """Entries one of whose public texts holds all the words, in title, summary or body; case does not matter."""
        texts = self.model.texts.rel.related_model.objects.live().saying(words)
        return self.filter(Exists(texts.filter(entry=OuterRef("pk"))))

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

    def saying(self, words: Iterable[str]) -> "EntryTextQuerySet":
        """Texts that hold every one of the words, in title, summary or body; case does not matter."""
        found = self
        for word in words:
            lookup, wanted = self._lookup(word)
            found = found.filter(
                Q(**{f"title__{lookup}": wanted})
                | Q(**{f"summary__{lookup}": wanted})
                | Q(**{f"search_text__{lookup}": wanted})
            )
        return found

    def _lookup(self, word: str) -> tuple[str, str]:
        """SQLite's LIKE takes upper and lower case for one in ASCII only; its regular expressions are Python's."""
        if word.isascii() or connections[self.db].vendor != "sqlite":
            return "icontains", word
        return "iregex", re.escape(word)
