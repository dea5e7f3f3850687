from typing import Any

from django.db.models import BigIntegerField, F, UUIDField, Value
from django.urls import reverse

from cms.blocks.api.lookups import Found, Wanted
from cms.blocks.api.views import Children, PageDetailView, children_of
from cms.core.api.parameters import Choice, several
from cms.core.expressions import typed_null
from cms.directory.api.facets import EntryFacetsView, counted_parameters
from cms.directory.api.geojson import EntryClustersView, EntryGeoJsonView, view_parameters
from cms.directory.api.parameters import EVERYWHERE, parent
from cms.directory.api.related import Related
from cms.directory.api.views import EntryListView, list_parameters
from cms.directory.enums import Kind
from cms.hubs.enums import HubKind
from cms.hubs.models import Ambassador, HubFigure, HubPage, LinkedHub, Supporter

from .serializers import HubSerializer

HUB_KINDS = dict(HubKind.choices)
NOTHING = Value("")
NO_PICTURE = typed_null(BigIntegerField())
NO_ENTRY = typed_null(UUIDField())
CHILD_COLUMNS = ("words", "more", "last", "picture", "entry_key")


class HubListView(EntryListView):
    """Public hubs."""

    tag = "hubs"
    kind = Kind.HUB
    hub_kinds = HUB_KINDS
    parameters = list_parameters(
        parent(Kind.HUB, "A hub (id or slug): the hubs directly below it."),
        {"type": several(Choice("What holds the hub together.", choices=tuple(HubKind.values)))},
        EVERYWHERE,
    )


class HubFacetsView(EntryFacetsView):
    """What public hubs can be narrowed down to, and how many there are of each."""

    tag = "hubs"
    kind = Kind.HUB
    hub_kinds = HUB_KINDS
    parameters = counted_parameters(HubListView.parameters)


class HubGeoJsonView(EntryGeoJsonView):
    """Public hubs that have a position, as GeoJSON."""

    tag = "hubs"
    kind = Kind.HUB
    hub_kinds = HUB_KINDS
    parameters = HubListView.parameters


class HubClustersView(EntryClustersView):
    """What a view of the map shows of public hubs."""

    tag = "hubs"
    kind = Kind.HUB
    parameters = view_parameters(HubListView.parameters)
    entries_url = "api-hubs-geojson"


class HubDetailView(PageDetailView):
    """One public hub, with its front page, look, people and neighbours."""

    tag = "hubs"
    kind = Kind.HUB
    hub_kinds = HUB_KINDS
    page_model = HubPage
    row_serializer = HubSerializer

    def load_children(self, page: HubPage) -> Children:
        linked = LinkedHub.objects.filter(page=page).annotate(
            relation=Value("linked_hubs"), words=NOTHING, more=NOTHING, last=NOTHING, picture=NO_PICTURE,
            entry_key=F("entry_id"),
        )  # fmt: skip
        people = Ambassador.objects.filter(page=page).annotate(
            relation=Value("ambassadors"), words=F("name"), more=F("role"), last=F("message"), picture=F("image_id"),
            entry_key=NO_ENTRY,
        )  # fmt: skip
        supporters = Supporter.objects.filter(page=page).annotate(
            relation=Value("supporters"), words=F("name"), more=F("url"), last=NOTHING, picture=F("logo_id"),
            entry_key=NO_ENTRY,
        )  # fmt: skip
        figures = HubFigure.objects.filter(page=page).annotate(
            relation=Value("statistics"), words=F("label"), more=F("unit"), last=F("value"), picture=NO_PICTURE,
            entry_key=NO_ENTRY,
        )  # fmt: skip
        return children_of(CHILD_COLUMNS, linked, people, supporters, figures)

    def own_fields(self, page: HubPage, lookups: Wanted | Found, related: Related) -> dict[str, Any]:
        linked = [lookups.entry(link["entry_key"]) for link in self.children["linked_hubs"]]
        return {
            "welcome": page.welcome,
            "logo": lookups.image(page.logo_id),
            "theme": self._theme(page),
            **self._people(lookups),
            "linked_hubs": [hub for hub in linked if hub],
            "sub_hubs": related.parts,
        }

    def _theme(self, page: HubPage) -> dict[str, Any]:
        stylesheet = reverse("hub-theme", args=[page.translation_key]) + f"?v={page.theme_version}"
        return {
            "day": {"accent": page.accent_day, "paper": page.paper_day},
            "night": {"accent": page.accent_night, "paper": page.paper_night},
            "headline": page.headline,
            "stylesheet": self.absolute(stylesheet),
        }

    def _people(self, lookups: Wanted | Found) -> dict[str, Any]:
        children = self.children
        return {
            "ambassadors": [
                {
                    "name": person["words"],
                    "role": person["more"],
                    "message": person["last"],
                    "image": lookups.image(person["picture"]),
                }
                for person in children["ambassadors"]
            ],
            "supporters": [
                {"name": one["words"], "url": one["more"], "logo": lookups.image(one["picture"])}
                for one in children["supporters"]
            ],
            "statistics": [
                {"value": figure["last"], "unit": figure["more"], "label": figure["words"]}
                for figure in children["statistics"]
            ],
        }
