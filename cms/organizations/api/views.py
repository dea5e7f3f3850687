from typing import Any

from cms.blocks.api.lookups import Found, Wanted
from cms.blocks.api.views import PageDetailView
from cms.core.api.parameters import Reference, several
from cms.directory.api.facets import EntryFacetsView, counted_parameters
from cms.directory.api.geojson import EntryClustersView, EntryGeoJsonView, view_parameters
from cms.directory.api.parameters import EVERYWHERE, IN_HUB, parent
from cms.directory.api.related import Related
from cms.directory.api.views import EntryListView, list_parameters
from cms.directory.enums import Kind
from cms.organizations.models import OrganizationPage

from .serializers import OrganizationSerializer


class OrganizationListView(EntryListView):
    """Public organizations."""

    tag = "organizations"
    kind = Kind.ORGANIZATION
    parameters = list_parameters(
        IN_HUB,
        parent(Kind.ORGANIZATION, "An organization (id or slug): what belongs to it."),
        {"type": several(Reference("An organization type (id or slug)."))},
        EVERYWHERE,
    )


class OrganizationFacetsView(EntryFacetsView):
    """What public organizations can be narrowed down to, and how many there are of each."""

    tag = "organizations"
    kind = Kind.ORGANIZATION
    parameters = counted_parameters(OrganizationListView.parameters)


class OrganizationGeoJsonView(EntryGeoJsonView):
    """Public organizations that have a position, as GeoJSON."""

    tag = "organizations"
    kind = Kind.ORGANIZATION
    parameters = OrganizationListView.parameters


class OrganizationClustersView(EntryClustersView):
    """What a view of the map shows of public organizations."""

    tag = "organizations"
    kind = Kind.ORGANIZATION
    parameters = view_parameters(OrganizationListView.parameters)
    entries_url = "api-organizations-geojson"


class OrganizationDetailView(PageDetailView):
    """One public organization, with its text and how to reach it."""

    tag = "organizations"
    kind = Kind.ORGANIZATION
    page_model = OrganizationPage
    row_serializer = OrganizationSerializer

    def own_fields(self, page: OrganizationPage, lookups: Wanted | Found, related: Related) -> dict[str, Any]:
        return {
            "size": page.size or None,
            "logo": lookups.image(page.logo_id),
            "website": page.website,
            "email": page.email,
            "phone": page.phone,
            "address": page.address,
        }
