from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry


class EditorialReportView(ReportView):
    """A report for people who may change pages. Subclasses say which rows, columns and exported fields it has."""

    any_permission_required = ("change", "publish")
    is_searchable = False

    @property
    def permission_policy(self) -> Any:
        """Rows of several kinds, one question: what may the reader do with pages?"""
        return policy_registry.get_by_type(Page)

    def seen_pages(self) -> QuerySet[Page]:
        """Return the pages that the reader's explorer lists."""
        return self.permission_policy.explorable_instances(self.request.user).order_by()


def edit_page_url(page_id: int | None) -> str | None:
    """Return the address at which a page is edited, None without a page."""
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else None
