"""The map of /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.views import APIView

from cms.core.api.documents import DocsView, SchemaView
from cms.core.views import no_such_api
from cms.directory.api.changes import ChangeListView
from cms.hubs.api.views import HubClustersView, HubDetailView, HubFacetsView, HubGeoJsonView, HubListView
from cms.organizations.api.views import (
    OrganizationClustersView,
    OrganizationDetailView,
    OrganizationFacetsView,
    OrganizationGeoJsonView,
    OrganizationListView,
)
from cms.places.api.views import GroundView, PlaceDetailView, PlaceListView
from cms.projects.api.views import (
    ProjectClustersView,
    ProjectDetailView,
    ProjectFacetsView,
    ProjectGeoJsonView,
    ProjectListView,
)
from cms.stories.api.views import StoryClustersView, StoryDetailView, StoryFacetsView, StoryGeoJsonView, StoryListView
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
from platform_apps.accounts.api.headless import app_urls
from platform_apps.accounts.api.views import TokenDetailView, TokenListView
from platform_apps.memberships.api import memberships, teams
from platform_apps.profiles.api.views import MyAvatarView, MyProfileView, PeopleListView, PersonDetailView
from search.api.views import SearchView, SuggestView

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
    "people": (PeopleListView, PersonDetailView),
}
# Reads that stand alone: there is no detail behind them.
LONE_READS: dict[str, type[APIView]] = {"search": SearchView, "suggest": SuggestView, "changes": ChangeListView}
FACETS: dict[str, type[APIView]] = {
    "hubs": HubFacetsView,
    "organizations": OrganizationFacetsView,
    "projects": ProjectFacetsView,
    "stories": StoryFacetsView,
}
# What a map needs: clusters for a view, and entries with their positions.
CLUSTERS: dict[str, type[APIView]] = {
    "hubs": HubClustersView,
    "organizations": OrganizationClustersView,
    "projects": ProjectClustersView,
    "stories": StoryClustersView,
}
GEOJSON: dict[str, type[APIView]] = {
    "hubs": HubGeoJsonView,
    "organizations": OrganizationGeoJsonView,
    "projects": ProjectGeoJsonView,
    "stories": StoryGeoJsonView,
}
# What members do, and what they alone may read: views by their address.
ACTIONS: dict[str, type[APIView]] = {
    "memberships/": memberships.MembershipListView,
    "memberships/<uuid:id>/": memberships.MembershipDetailView,
    "memberships/<uuid:id>/approval/": memberships.ApprovalView,
    "memberships/<uuid:id>/refusal/": memberships.RefusalView,
    "memberships/<uuid:id>/withdrawal/": memberships.WithdrawalView,
    "memberships/<uuid:id>/consent/": memberships.ConsentView,
    "memberships/<uuid:id>/departure/": memberships.DepartureView,
    "memberships/<uuid:id>/removal/": memberships.RemovalView,
    "memberships/<uuid:id>/ban/": memberships.BanView,
    "memberships/<uuid:id>/handover/": memberships.HandoverView,
    "invitations/acceptances/": memberships.AcceptanceView,
    "invitations/<uuid:id>/": teams.InvitationDetailView,
    "people/me/": MyProfileView,
    "people/me/avatar/": MyAvatarView,
    "teams/<uuid:id>/members/": teams.TeamMembersView,
    "teams/<uuid:id>/requests/": teams.RequestListView,
    "teams/<uuid:id>/settings/": teams.TeamSettingsView,
    "teams/<uuid:id>/order/": teams.TeamOrderView,
    "teams/<uuid:id>/additions/": teams.AdditionView,
    "teams/<uuid:id>/invitations/": teams.InvitationListView,
    "teams/<uuid:id>/verification/": teams.VerificationView,
    "tokens/": TokenListView,
    "tokens/<uuid:id>/": TokenDetailView,
}
# The reads below a list, by the last step of their address.
BELOW_LISTS: dict[str, dict[str, type[APIView]]] = {
    "facets": FACETS,
    "clusters": CLUSTERS,
    "geojson": GEOJSON,
    "ground": {"places": GroundView},
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
api_urls += [path(f"{name}/", view.as_view(), name=f"api-{name}") for name, view in LONE_READS.items()]
api_urls += [
    path(f"{name}/{end}/", view.as_view(), name=f"api-{name}-{end}")
    for end, views in BELOW_LISTS.items()
    for name, view in views.items()
]
api_urls += [
    path(address, view.as_view(), name=f"api-{address.strip('/').replace('/<uuid:id>', '-detail').replace('/', '-')}")
    for address, view in ACTIONS.items()
]
# Signing up and in for apps: allauth's own protocol, which its documentation describes.
api_urls.append(path("app/", include((app_urls(), "headless"), namespace="app")))

# Anything else, line breaks included, which a `path:` converter would let through to the pages and their 404.
api_urls.append(re_path(r"^[\s\S]*$", no_such_api))
