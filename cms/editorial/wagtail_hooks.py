"""Registration only: what the admin shows, and what it keeps to itself."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from .bulk_actions import LinkToHubAction
from .listings import EntryListings
from .panels import PublishedThisWeekPanel, StaleTranslationsPanel
from .permissions import sees_whole_site
from .reports.menu import REPORTS, menu_item, report_urls
from .snippets import NetworkSnippets

# Wagtail's menu names of reports that list pages whatever the reader may see.
SITE_WIDE_REPORTS = frozenset({"page-types-usage", "translations"})

register_snippet(NetworkSnippets)
hooks.register("register_admin_viewset", EntryListings)
hooks.register("register_bulk_action", LinkToHubAction)
hooks.register("register_admin_urls", report_urls)
for _order, (_slug, _view) in enumerate(REPORTS, start=700):
    hooks.register("register_reports_menu_item", partial(menu_item, _view, _order))


@hooks.register("construct_page_chooser_queryset")
def offer_public_and_own_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Choosers offer what everybody can read, and the drafts that the editor may see."""
    if request.user.is_superuser:
        return pages
    seen = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=seen.order_by().values("pk")))


@hooks.register("construct_reports_menu")
def hide_site_wide_reports(request: HttpRequest, menu_items: list[Any]) -> None:
    if not sees_whole_site(request.user):
        menu_items[:] = [item for item in menu_items if item.name not in SITE_WIDE_REPORTS]


@hooks.register("construct_homepage_panels")
def show_what_is_new(_request: HttpRequest, panels: list[Any]) -> None:
    panels += [StaleTranslationsPanel(), PublishedThisWeekPanel()]


@hooks.register("insert_global_admin_js")
def start_widgets_without_inline_scripts() -> str:
    return format_html('<script type="module" src="{}"></script>', versioned_static("editorial/widgets.js"))
