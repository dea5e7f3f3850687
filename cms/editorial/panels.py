"""What the admin's front page shows first. Reviews that wait for me are Wagtail's own panel, fed by our task."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.directory.models import Entry

from .reports.translations import stale_texts

SHOWN = 8
A_WEEK = timedelta(days=7)


class StaleTranslationsPanel(Component):
    """Translations that have been overtaken by their source, among the pages the editor may see."""

    name = "stale_translations"
    template_name = "editorial/panels/stale_translations.html"
    order = 230

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        seen = policy_registry.get_by_type(Page).explorable_instances(user).order_by()
        return {"texts": list(stale_texts(seen)[:SHOWN])}


class PublishedThisWeekPanel(Component):
    """What became public in the last seven days, whoever published it: public is public."""

    name = "published_this_week"
    template_name = "editorial/panels/published_this_week.html"
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        since = timezone.now() - A_WEEK
        entries = Entry.objects.published().filter(published_at__gte=since).with_text(get_language())
        return {"entries": list(entries.order_by("-published_at", "pk")[:SHOWN])}
