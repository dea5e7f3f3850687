"""The map of /api/v1/."""

from django.urls import URLPattern, URLResolver, path, re_path
from rest_framework.views import APIView

from cms.core.api.documents import DocsView, SchemaView
from cms.core.views import no_such_api
from cms.hubs.api.views import HubDetailView, HubListView
from cms.organizations.api.views import OrganizationDetailView, OrganizationListView
from cms.places.api.views import PlaceDetailView, PlaceListView
from cms.projects.api.views import ProjectDetailView, ProjectListView
from cms.stories.api.views import StoryDetailView, StoryListView
from cms.taxonomy.api.views import (
    OrganizationTypeDetailView,
    OrganizationTypeListView,
    ProjectStatusDetailView,
    ProjectStatusListView,
    SectorDetailView,
    SectorListView,
    SkillDetailView,
    SkillListView,
)

READS: dict[str, tuple[type[APIView], type[APIView]]] = {
    "hubs": (HubListView, HubDetailView),
    "organizations": (OrganizationListView, OrganizationDetailView),
    "projects": (ProjectListView, ProjectDetailView),
    "stories": (StoryListView, StoryDetailView),
    "places": (PlaceListView, PlaceDetailView),
    "sectors": (SectorListView, SectorDetailView),
    "skills": (SkillListView, SkillDetailView),
    "organization-types": (OrganizationTypeListView, OrganizationTypeDetailView),
    "project-statuses": (ProjectStatusListView, ProjectStatusDetailView),
}

api_urls: list[URLPattern | URLResolver] = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="schema"), name="docs"),
]
for name, (list_view, detail_view) in READS.items():
    api_urls += [
        path(f"{name}/", list_view.as_view(), name=f"api-{name}-list"),
        path(f"{name}/<uuid:id>/", detail_view.as_view(), name=f"api-{name}-detail"),
    ]

# Anything else, line breaks included, which a `path:` converter would let through to the pages and their 404.
api_urls.append(re_path(r"^[\s\S]*$", no_such_api))
