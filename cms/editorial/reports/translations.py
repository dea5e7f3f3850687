"""What is not translated, and what was translated and has been overtaken by its source."""

from typing import Any

import django_filters
from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale

from cms.directory.enums import Kind, State
from cms.directory.models import Entry, EntryText

from .base import EditorialReportView, edit_page_url


def _languages() -> list[tuple[str, str]]:
    return list(get_content_languages().items())


class MissingTranslationFilterSet(WagtailFilterSet):
    missing = django_filters.ChoiceFilter(label=_("Missing in"), choices=_languages, method="filter_missing")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)

    class Meta:
        model = Entry
        fields: list[str] = []

    def filter_missing(self, entries: QuerySet[Entry], _name: str, language: str) -> QuerySet[Entry]:
        return entries.exclude(texts__in=EntryText.objects.filter(language=language))


class MissingTranslationsView(EditorialReportView):
    """Entries without a page in one of the site's languages."""

    page_title = _("Missing translations")
    header_icon = "wagtail-localize-language"
    index_url_name = "editorial_missing_translations"
    index_results_url_name = "editorial_missing_translations_results"
    filterset_class = MissingTranslationFilterSet
    model = Entry
    columns = [
        TitleColumn("text_title", label=_("Title"), get_url=lambda entry: edit_page_url(entry.text_page_id)),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("source_language", label=_("Written in")),
        Column("missing", label=_("Missing")),
    ]
    list_export = ["text_title", "get_kind_display", "get_state_display", "source_language", "missing"]
    export_headings = {
        "text_title": _("Title"),
        "get_kind_display": _("Kind"),
        "get_state_display": _("State"),
        "source_language": _("Written in"),
        "missing": _("Missing"),
    }

    def get_queryset(self) -> QuerySet[Entry]:
        keys = self.seen_pages().values("translation_key")
        lacking = Entry.objects.filter(pk__in=keys).annotate(text_count=Count("texts", distinct=True))
        return lacking.filter(text_count__lt=Locale.objects.count()).with_text(get_language()).order_by("-rank", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> list[Entry]:
        entries = list(object_list)
        languages = list(Locale.objects.order_by("pk").values_list("language_code", flat=True))
        written = set(EntryText.objects.filter(entry__in=entries).values_list("entry_id", "language"))
        for entry in entries:
            entry.missing = ", ".join(code for code in languages if (entry.pk, code) not in written)
        return entries


class StaleTranslationFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=_("Language"), choices=_languages)
    kind = django_filters.ChoiceFilter(label=_("Kind"), field_name="entry__kind", choices=Kind.choices)

    class Meta:
        model = EntryText
        fields: list[str] = []


def stale_texts(pages: QuerySet[Any]) -> QuerySet[EntryText]:
    """Return the texts, among the given pages, whose source has moved on or is not wholly translated; newest first."""
    source = FilteredRelation("entry__texts", condition=Q(entry__texts__is_translation=False))
    found = EntryText.objects.filter(is_stale=True, page_id__in=pages.values("pk")).select_related("entry")
    return (
        found.annotate(source=source)
        .annotate(source_title=F("source__title"))
        .order_by("-entry__last_activity_at", "pk")
    )


class StaleTranslationsView(EditorialReportView):
    """Translations that say less, or something older, than their source."""

    page_title = _("Translations out of date")
    header_icon = "resubmit"
    index_url_name = "editorial_stale_translations"
    index_results_url_name = "editorial_stale_translations_results"
    filterset_class = StaleTranslationFilterSet
    model = EntryText
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda text: edit_page_url(text.page_id)),
        Column("language", label=_("Language")),
        Column("source_title", label=_("Source")),
        Column("kind", label=_("Kind"), accessor="entry.get_kind_display"),
    ]
    list_export = ["title", "language", "source_title", "entry.get_kind_display"]
    export_headings = {
        "title": _("Title"),
        "language": _("Language"),
        "source_title": _("Source"),
        "entry.get_kind_display": _("Kind"),
    }

    def get_queryset(self) -> QuerySet[EntryText]:
        return stale_texts(self.seen_pages())
