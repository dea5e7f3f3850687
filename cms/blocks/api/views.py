import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.models import Page

from cms.directory.api.related import Related
from cms.directory.api.views import EntryDetailView

from .body import body
from .lookups import Found, Wanted

Children = dict[str, list[dict[str, Any]]]


class PageDetailView(EntryDetailView):
    """One public entry with its page's body. Page types add their own fields in `own_fields`."""

    page_model: ClassVar[type[Page]]

    def load_page(self, page_id: int) -> Page | None:
        return self.page_model.objects.live().filter(pk=page_id).first()

    def refers_to(self, page: Any) -> Collection[uuid.UUID]:
        self.children = self.load_children(page)
        self.wanted = Wanted()
        body(page.body, self.wanted)
        self.own_fields(page, self.wanted, Related())
        return self.wanted.entries

    def page_fields(self, page: Any, related: Related) -> dict[str, Any]:
        found = Found(self.wanted, self.language, self.absolute, related.referred)
        return {"body": body(page.body, found), **self.own_fields(page, found, related)}

    def load_children(self, page: Any) -> Children:
        """Return the page's own lists (links, figures, people) by name; one query."""
        return {}

    def own_fields(self, page: Any, lookups: Wanted | Found, related: Related) -> dict[str, Any]:
        """Return what the page type has beyond its body. Called twice: the first time only `lookups` listens."""
        raise NotImplementedError


def children_of(columns: Sequence[str], *lists: QuerySet[Any]) -> Children:
    """Return the rows of several lists of a page, each in its order, in one query.

    Each queryset brings `relation`, which names its list, `sort_order` and the columns.
    """
    names = ("relation", "sort_order", *columns)
    first, *others = [rows.order_by().values_list(*names) for rows in lists]
    grouped: Children = defaultdict(list)
    rows = [dict(zip(names, values, strict=True)) for values in first.union(*others, all=True)]
    for row in sorted(rows, key=lambda row: row["sort_order"] or 0):
        grouped[row["relation"]].append(row)
    return grouped
