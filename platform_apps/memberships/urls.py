"""Pages of teams. All stand below a language."""

from django.urls import path

from . import managing, views

urlpatterns = [
    path("team/<uuid:id>/", views.team, name="team"),
    path("join/<uuid:id>/", views.join, name="join-entry"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("manage/<uuid:id>/", managing.requests, name="team-requests"),
    path("manage/<uuid:id>/members/", managing.members, name="team-members"),
    path("manage/<uuid:id>/invitations/", managing.invitations, name="team-invitations"),
    path("manage/<uuid:id>/settings/", managing.settings, name="team-settings"),
]
