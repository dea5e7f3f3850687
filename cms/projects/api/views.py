from typing import Any

from django.db.models import BigIntegerField, DecimalField, F, Value

from cms.blocks.api.lookups import Found, Wanted
from cms.blocks.api.views import Children, PageDetailView, children_of
from cms.core.expressions import typed_null
from cms.directory.api.facets import EntryFacetsView, counted_parameters
from cms.directory.api.geojson import EntryClustersView, EntryGeoJsonView, view_parameters
from cms.directory.api.parameters import EVERYWHERE, IN_HUB, OF_ORGANIZATION, OF_PROJECT, parent
from cms.directory.api.related import Related
from cms.directory.api.views import EntryListView, list_parameters
from cms.directory.enums import Kind
from cms.projects.models import GalleryPicture, ImpactFigure, ProjectLink, ProjectPage

from .serializers import ProjectSerializer

NOTHING = Value("")
NO_PICTURE = typed_null(BigIntegerField())
NO_NUMBER = typed_null(DecimalField(max_digits=16, decimal_places=3))


class ProjectListView(EntryListView):
    """Public projects."""

    tag = "projects"
    kind = Kind.PROJECT
    parameters = list_parameters(
        IN_HUB, OF_ORGANIZATION, parent(Kind.PROJECT, "A project (id or slug): its parts."), OF_PROJECT, EVERYWHERE
    )


class ProjectFacetsView(EntryFacetsView):
    """What public projects can be narrowed down to, and how many there are of each."""

    tag = "projects"
    kind = Kind.PROJECT
    parameters = counted_parameters(ProjectListView.parameters)


class ProjectGeoJsonView(EntryGeoJsonView):
    """Public projects that have a position, as GeoJSON."""

    tag = "projects"
    kind = Kind.PROJECT
    parameters = ProjectListView.parameters


class ProjectClustersView(EntryClustersView):
    """What a view of the map shows of public projects."""

    tag = "projects"
    kind = Kind.PROJECT
    parameters = view_parameters(ProjectListView.parameters)
    entries_url = "api-projects-geojson"


class ProjectDetailView(PageDetailView):
    """One public project, with its text, links, impact, gallery and parts."""

    tag = "projects"
    kind = Kind.PROJECT
    page_model = ProjectPage
    row_serializer = ProjectSerializer

    def load_children(self, page: ProjectPage) -> Children:
        impact = ImpactFigure.objects.filter(page=page).annotate(
            relation=Value("impact"), words=F("label"), more=F("unit"), number=F("value"), picture=NO_PICTURE
        )
        links = ProjectLink.objects.filter(page=page).annotate(
            relation=Value("links"), words=F("label"), more=F("url"), number=NO_NUMBER, picture=NO_PICTURE
        )
        gallery = GalleryPicture.objects.filter(page=page).annotate(
            relation=Value("gallery"), words=F("caption"), more=NOTHING, number=NO_NUMBER, picture=F("image_id")
        )
        return children_of(("words", "more", "number", "picture"), impact, links, gallery)

    def own_fields(self, page: ProjectPage, lookups: Wanted | Found, related: Related) -> dict[str, Any]:
        children = self.children
        return {
            "links": [{"url": link["more"], "label": link["words"]} for link in children["links"]],
            "impact": [
                {"value": float(figure["number"]), "unit": figure["more"], "label": figure["words"]}
                for figure in children["impact"]
            ],
            "gallery": [
                {"image": lookups.image(picture["picture"]), "caption": picture["words"]}
                for picture in children["gallery"]
            ],
            "parts": related.parts,
        }
