"""The reports in the menu, and their addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem

from .alternatives import MissingAlternativesView
from .base import EditorialReportView
from .links import BrokenLinksView
from .translations import MissingTranslationsView, StaleTranslationsView

REPORTS: tuple[tuple[str, type[EditorialReportView]], ...] = (
    ("missing-translations", MissingTranslationsView),
    ("stale-translations", StaleTranslationsView),
    ("missing-alternatives", MissingAlternativesView),
    ("broken-links", BrokenLinksView),
)


class ReportMenuItem(MenuItem):
    """Shown to whoever works on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_has_any_page_permission(request.user)


def report_urls() -> list[URLPattern]:
    """Return the addresses of all reports and of their rows alone."""
    patterns = []
    for slug, view in REPORTS:
        patterns += [
            path(f"reports/{slug}/", view.as_view(), name=view.index_url_name),
            path(f"reports/{slug}/results/", view.as_view(results_only=True), name=view.index_results_url_name),
        ]
    return patterns


def menu_item(view: Any, order: int) -> ReportMenuItem:
    """Return a report's line in the menu."""
    return ReportMenuItem(
        view.page_title,
        reverse(view.index_url_name),
        name=view.index_url_name.replace("_", "-"),
        icon_name=view.header_icon,
        order=order,
    )
