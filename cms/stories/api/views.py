from typing import Any

from cms.blocks.api.lookups import Found, Wanted
from cms.blocks.api.views import Children, PageDetailView
from cms.directory.api.facets import EntryFacetsView, counted_parameters
from cms.directory.api.geojson import EntryClustersView, EntryGeoJsonView, view_parameters
from cms.directory.api.orderings import STORY_ORDERINGS
from cms.directory.api.parameters import EVERYWHERE, IN_HUB, OF_ORGANIZATION
from cms.directory.api.related import Related
from cms.directory.api.views import EntryListView, list_parameters
from cms.directory.enums import Kind
from cms.stories.models import StoryEntryLink, StoryPage

from .serializers import StorySerializer


class StoryListView(EntryListView):
    """Public stories."""

    tag = "stories"
    kind = Kind.STORY
    orderings = STORY_ORDERINGS
    parameters = list_parameters(IN_HUB, OF_ORGANIZATION, EVERYWHERE, orderings=STORY_ORDERINGS)


class StoryFacetsView(EntryFacetsView):
    """What public stories can be narrowed down to, and how many there are of each."""

    tag = "stories"
    kind = Kind.STORY
    parameters = counted_parameters(StoryListView.parameters)


class StoryGeoJsonView(EntryGeoJsonView):
    """Public stories that have a position, as GeoJSON."""

    tag = "stories"
    kind = Kind.STORY
    orderings = STORY_ORDERINGS
    parameters = StoryListView.parameters


class StoryClustersView(EntryClustersView):
    """What a view of the map shows of public stories."""

    tag = "stories"
    kind = Kind.STORY
    parameters = view_parameters(StoryListView.parameters)
    entries_url = "api-stories-geojson"


class StoryDetailView(PageDetailView):
    """One public story, with its text and what it tells of."""

    tag = "stories"
    kind = Kind.STORY
    page_model = StoryPage
    row_serializer = StorySerializer

    def load_children(self, page: StoryPage) -> Children:
        links = StoryEntryLink.objects.filter(page=page).order_by("sort_order")
        return {"tells_of": list(links.values("entry_id"))}

    def own_fields(self, page: StoryPage, lookups: Wanted | Found, related: Related) -> dict[str, Any]:
        told = [lookups.entry(link["entry_id"]) for link in self.children["tells_of"]]
        return {"date": page.date, "author": page.author, "tells_of": [entry for entry in told if entry]}
