"""The two views that every kind of entry has; each page type's own API says what is special to it."""

import uuid
from collections.abc import Collection
from typing import Any, ClassVar

from cms.core.api.pagination import PAGE_PARAMETERS, SortKey
from cms.core.api.parameters import LANG, Parameter
from cms.core.api.views import PagedView, ReadView, SelectableMixin, found
from cms.directory.browse import narrowed
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.directory.querysets import EntryQuerySet
from cms.taxonomy.selectors import shown_terms

from .filters import browse_of, check_position
from .orderings import DISTANCE, ENTRY_ORDERINGS, RANK, ordering_parameter, prepared
from .references import resolve
from .related import Related, related_to
from .rows import COLUMNS, Reader, entry_row, entry_rows
from .serializers import EntryRowSerializer


def list_parameters(
    *filters: dict[str, Parameter], orderings: dict[str, SortKey] = ENTRY_ORDERINGS
) -> dict[str, Parameter]:
    """Return the parameters of an entry list: its filters, and what every list has."""
    chosen: dict[str, Parameter] = {}
    for group in filters:
        chosen |= group
    return chosen | {"ordering": ordering_parameter(orderings), **PAGE_PARAMETERS, "lang": LANG}


class EntryListView(SelectableMixin, PagedView):
    """The public entries of a kind, in at most four queries."""

    kind: ClassVar[Kind]
    orderings: ClassVar[dict[str, SortKey]] = ENTRY_ORDERINGS
    hub_kinds: ClassVar[dict[str, Any]] = {}
    more_columns: ClassVar[tuple[str, ...]] = ()
    row_serializer = EntryRowSerializer

    def read(self) -> dict[str, Any]:
        ordering = self.values.get("ordering", DISTANCE if "near" in self.values else RANK)
        check_position(self.values, ordering)
        key = self.orderings[ordering]
        reader = Reader(self.language, shown_terms(self.language), self.absolute, self.hub_kinds)
        values = {**self.values, **resolve(self.parameters, self.values)}
        browse = browse_of(self.kind, values, reader.labels)
        entries = self.listed(narrowed(browse, reader.labels))
        entries = prepared(entries.with_text(self.language), key, browse.around)
        columns = {*COLUMNS, *self.more_columns, key.name, *(["distance_km"] if browse.around else [])}
        page = self.page(entries.values(*columns), key)
        related = related_to([row["id"] for row in page.rows], self.language, self.absolute)
        made = entry_rows(page.rows, related, reader)
        rows = [self.shown(row, stored) for row, stored in zip(made, page.rows, strict=True)]
        return self.envelope(page, rows, key)

    def listed(self, entries: EntryQuerySet) -> EntryQuerySet:
        """Return those of the entries that were asked for that this kind of list can show."""
        return entries

    def shown(self, row: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
        """Return what stands in the answer for a row; `stored` is what the database had."""
        return self.chosen(row)


class EntryDetailView(SelectableMixin, ReadView):
    """One public entry with its page, in at most eight queries. Subclasses add what their page type has."""

    kind: ClassVar[Kind]
    hub_kinds: ClassVar[dict[str, Any]] = {}

    def read(self, id: uuid.UUID) -> dict[str, Any]:  # noqa: A002 (the name in the address)
        labels = shown_terms(self.language)
        entries = Entry.objects.published().of_kind(self.kind).filter(pk=id).with_text(self.language)
        row = found(entries.values(*COLUMNS, "text_page_id").first())
        page = found(self.load_page(row["text_page_id"]))
        related = related_to([id], self.language, self.absolute, owner_of_parts=id, referred=self.refers_to(page))[id]
        reader = Reader(self.language, labels, self.absolute, self.hub_kinds)
        return self.chosen(entry_row(row, related, reader) | self.page_fields(page, related))

    def load_page(self, page_id: int) -> Any:
        """Return the live page, or None when it was taken down a moment ago."""
        raise NotImplementedError

    def refers_to(self, page: Any) -> Collection[uuid.UUID]:
        """Return the ids of entries that the page names beyond its hubs and organizations."""
        raise NotImplementedError

    def page_fields(self, page: Any, related: Related) -> dict[str, Any]:
        """Return what the page type adds to the row."""
        raise NotImplementedError
