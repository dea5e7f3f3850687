"""Flat lists of all hubs, organizations, projects and stories that an editor may see, with filters."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from cms.directory.enums import Kind, State
from cms.directory.models import Entry, EntryTerm
from cms.directory.permissions import entries_for_editor
from cms.hubs.models import HubPage
from cms.organizations.models import OrganizationPage
from cms.projects.models import ProjectPage
from cms.stories.models import StoryPage
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import sectors_of, terms


def _hub_choices(request: Any) -> list[tuple[str, str]]:
    hubs = entries_for_editor(request.user).of_kind(Kind.HUB).with_text(get_language()).order_by("text_title")
    return [(str(key), title) for key, title in hubs.values_list("pk", "text_title")]


def _sector_choices() -> list[tuple[str, str]]:
    return [(str(label.key), label.name) for label in sectors_of(terms(get_language()))]


class EntryPageFilterSet(PageFilterSet):
    """Filters of the directory, applied to pages: one query each, however long the list is."""

    hub = django_filters.ChoiceFilter(label=_("Hub"), choices=(), method="filter_hub")
    sector = django_filters.ChoiceFilter(label=_("Sector"), choices=_sector_choices, method="filter_sector")
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, method="filter_state")
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=lambda: list(get_content_languages().items()),
        field_name="locale__language_code",
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["hub"].extra["choices"] = _hub_choices(self.request)

    def filter_hub(self, pages: QuerySet[Page], _name: str, key: str) -> QuerySet[Page]:
        return pages.filter(translation_key__in=Entry.objects.in_hub(key).values("pk"))

    def filter_sector(self, pages: QuerySet[Page], _name: str, key: str) -> QuerySet[Page]:
        carried = EntryTerm.objects.filter(vocabulary=Vocabulary.SECTOR, key=key)
        return pages.filter(translation_key__in=carried.values("entry_id"))

    def filter_state(self, pages: QuerySet[Page], _name: str, state: str) -> QuerySet[Page]:
        return pages.filter(translation_key__in=Entry.objects.filter(state=state).values("pk"))


class EntryPageViewSet(PageListingViewSet):
    """A list of pages of one kind in all languages, with the directory's filters."""

    filterset_class = EntryPageFilterSet


class HubListing(EntryPageViewSet):
    model = HubPage
    icon = "globe"
    menu_label = _("Hubs")


class OrganizationListing(EntryPageViewSet):
    model = OrganizationPage
    icon = "group"
    menu_label = _("Organizations")


class ProjectListing(EntryPageViewSet):
    model = ProjectPage
    icon = "clipboard-list"
    menu_label = _("Projects")


class StoryListing(EntryPageViewSet):
    model = StoryPage
    icon = "openquote"
    menu_label = _("Stories")


class EntryListings(ViewSetGroup):
    """The community's pages by kind."""

    items = (
        HubListing("hub_pages"),
        OrganizationListing("organization_pages"),
        ProjectListing("project_pages"),
        StoryListing("story_pages"),
    )
    menu_label = _("Community")
    menu_icon = "group"
    menu_order = 150
