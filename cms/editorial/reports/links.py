"""Links inside the site that lead nowhere for readers.

Wagtail keeps an index of references: which page, menu or term names which object, in a rich text, a StreamField block
or a chooser, as of the public version. A link is broken when it names a page that is deleted or not public, or an entry
(hub, organization, project, story) that no language shows. Wagtail drops a page from the index when it is deleted; our
receiver has the texts that named it read again, so that its links are found as long as they stand in a text. A chooser
that named a deleted page is simply empty.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page, ReferenceIndex

from cms.directory.models import Entry, EntryText

from .base import EditorialReportView, edit_page_url

# Names of fields with which pages point at pages for Wagtail's own bookkeeping.
BOOKKEEPING = ("alias_of", "path")


def broken_references(pages: QuerySet[Page]) -> QuerySet[ReferenceIndex]:
    """Return the references from the public ones among `pages` to what no reader can open."""
    kinds = ContentType.objects.get_for_models(Page, Entry)
    sources = pages.filter(live=True).values_list(Cast("pk", CharField()), flat=True)
    from_pages = ReferenceIndex.objects.filter(base_content_type=kinds[Page], object_id__in=sources)
    public = Page.objects.live().order_by().values_list(Cast("pk", CharField()), flat=True)
    to_pages = Q(to_content_type=kinds[Page]) & ~Q(to_object_id__in=public) & ~Q(model_path__in=BOOKKEEPING)
    return from_pages.filter(to_pages | Q(to_content_type=kinds[Entry], to_object_id__in=_hidden_entries(kinds[Entry])))


def _hidden_entries(kind: ContentType) -> list[str]:
    """Compared here and not in the database: SQLite writes a UUID without its hyphens."""
    named = set(ReferenceIndex.objects.filter(to_content_type=kind).values_list("to_object_id", flat=True).distinct())
    return sorted(named - {str(key) for key in Entry.objects.published().values_list("pk", flat=True)})


class BrokenLinksView(EditorialReportView):
    """Links from public pages to pages that are gone or not public."""

    page_title = _("Broken links")
    header_icon = "link"
    index_url_name = "editorial_broken_links"
    index_results_url_name = "editorial_broken_links_results"
    model = ReferenceIndex
    columns = [
        TitleColumn("source_title", label=_("Page"), get_url=lambda link: edit_page_url(int(link.object_id))),
        Column("field", label=_("Where")),
        Column("target", label=_("Leads to")),
    ]
    list_export = ["source_title", "field", "target"]
    export_headings = {"source_title": _("Page"), "field": _("Where"), "target": _("Leads to")}

    def get_queryset(self) -> QuerySet[ReferenceIndex]:
        found = broken_references(self.seen_pages()).select_related("content_type", "to_content_type")
        return found.annotate(source_id=Cast("object_id", IntegerField())).order_by("source_id", "content_path", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> list[ReferenceIndex]:
        links = list(object_list)
        titles = dict(Page.objects.filter(pk__in={link.source_id for link in links}).values_list("pk", "title"))
        targets = self._target_titles(links)
        for link in links:
            link.source_title = titles.get(link.source_id, "")
            link.field = link.describe_source_field()
            link.target = targets.get(link.to_object_id) or _("a page that is deleted or not public")
        return links

    def _target_titles(self, links: list[ReferenceIndex]) -> dict[str, str]:
        """Name the drafts that the reader may see; others stay nameless."""
        ids = {link.to_object_id for link in links}
        pages = self.seen_pages().filter(pk__in=[int(pk) for pk in ids if pk.isdigit()]).values_list("pk", "title")
        keys = [pk for pk in ids if not pk.isdigit()]
        seen = self.seen_pages().values("pk")
        texts = EntryText.objects.filter(entry_id__in=keys, page_id__in=seen).values_list("entry_id", "title")
        return {str(pk): title for pk, title in [*pages, *texts]}
