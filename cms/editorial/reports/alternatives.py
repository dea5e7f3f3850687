"""Pictures that say nothing to people who cannot see them."""

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.media.models import Image

from .base import EditorialReportView


def _references() -> QuerySet[ReferenceIndex]:
    """Return the references from pages to pictures."""
    kinds = ContentType.objects.get_for_models(Page, Image)
    return ReferenceIndex.objects.filter(base_content_type=kinds[Page], to_content_type=kinds[Image])


def _page_count() -> Coalesce:
    """Count the pages on which a picture stands, once each however often it stands there."""
    here = _references().filter(to_object_id=Cast(OuterRef("pk"), CharField())).order_by().values("to_object_id")
    return Coalesce(Subquery(here.annotate(count=Count("object_id", distinct=True)).values("count")), 0)


class PictureFilterSet(WagtailFilterSet):
    used = django_filters.BooleanFilter(label=_("On a page"), method="filter_used")

    class Meta:
        model = Image
        fields: list[str] = []

    def filter_used(self, images: QuerySet[Image], _name: str, is_used: bool) -> QuerySet[Image]:  # noqa: FBT001
        return images.filter(page_count__gt=0) if is_used else images.filter(page_count=0)


class MissingAlternativesView(EditorialReportView):
    """Pictures without a description, with the pages on which they stand."""

    page_title = _("Pictures without description")
    header_icon = "image"
    index_url_name = "editorial_missing_alternatives"
    index_results_url_name = "editorial_missing_alternatives_results"
    filterset_class = PictureFilterSet
    model = Image
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda image: reverse("wagtailimages:edit", args=[image.pk])),
        Column("collection", label=_("Collection")),
        Column("page_titles", label=_("On these pages")),
        Column("page_count", label=_("Number of pages")),
    ]
    list_export = ["title", "collection", "page_titles", "page_count"]
    export_headings = {
        "title": _("Title"),
        "collection": _("Collection"),
        "page_titles": _("On these pages"),
        "page_count": _("Number of pages"),
    }

    def get_queryset(self) -> QuerySet[Image]:
        mine = policy_registry.get_by_type(Image).instances_user_has_permission_for(self.request.user, "change")
        silent = Image.objects.filter(pk__in=mine.order_by().values("pk"), description="")
        return (
            silent.select_related("collection")
            .annotate(page_count=_page_count())
            .order_by("-page_count", "-created_at", "pk")
        )

    def decorate_paginated_queryset(self, object_list: Any) -> list[Image]:
        images = list(object_list)
        links = dict[str, list[int]]()
        for target, source in (
            _references()
            .filter(to_object_id__in=[str(image.pk) for image in images])
            .values_list("to_object_id", "object_id")
        ):
            links.setdefault(target, []).append(int(source))
        ids = {page for pages in links.values() for page in pages}
        titles = dict(self.seen_pages().filter(pk__in=ids).values_list("pk", "title"))
        for image in images:
            seen = dict.fromkeys(links.get(str(image.pk), []))
            image.page_titles = ", ".join(titles[page] for page in seen if page in titles)
        return images
