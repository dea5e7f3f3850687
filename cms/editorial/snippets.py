"""Vocabularies and menus in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.core.models import SiteMenu
from cms.taxonomy.models import OrganizationType, ProjectStatus, Sector, Skill


class TreeColumn(Column):
    """The heading that a term stands below."""

    def get_value(self, instance: Any) -> str:
        return instance.parent.name if instance.parent else ""


class TermViewSet(SnippetViewSet):
    """A vocabulary: in the order in which visitors see it, found by its words."""

    list_display = ["name", "slug", "position", LocaleColumn()]
    search_fields = ["name", "slug", "description"]
    ordering = ["position", "name"]
    list_per_page = 100


class TreeTermViewSet(TermViewSet):
    """A vocabulary with headings."""

    list_display = ["name", TreeColumn("parent", label=_("Belongs to")), "slug", "position", LocaleColumn()]

    def get_queryset(self, request: Any) -> Any:
        return self.model.objects.select_related("parent", "locale")


class SectorViewSet(TreeTermViewSet):
    model = Sector
    icon = "tag"
    list_display = [
        "name",
        TreeColumn("parent", label=_("Belongs to")),
        Column("hue", label=_("Colour"), accessor="get_hue_display"),
        BooleanColumn("is_hub_specific", label=_("Of one hub")),
        "position",
        LocaleColumn(),
    ]
    list_filter = ["hue"]

    def get_queryset(self, request: Any) -> Any:
        return self.model.objects.select_related("parent", "locale", "counterpart")


class SkillViewSet(TreeTermViewSet):
    model = Skill
    icon = "pick"


class OrganizationTypeViewSet(TermViewSet):
    model = OrganizationType
    icon = "group"


class ProjectStatusViewSet(TermViewSet):
    model = ProjectStatus
    icon = "tasks"
    list_display = ["name", Column("phase", label=_("Phase"), accessor="get_phase_display"), "position", LocaleColumn()]
    list_filter = ["phase"]


class SiteMenuViewSet(SnippetViewSet):
    model = SiteMenu
    icon = "list-ul"
    list_display = ["name", LocaleColumn()]


class NetworkSnippets(SnippetViewSetGroup):
    """One place for the words and menus that all hubs share."""

    items = (SectorViewSet, SkillViewSet, OrganizationTypeViewSet, ProjectStatusViewSet, SiteMenuViewSet)
    menu_label = _("Network")
    menu_icon = "site"
    menu_order = 250
    menu_name = "network"
