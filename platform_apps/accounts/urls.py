"""/accounts/: our own pages, then all of allauth's."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("tokens/", views.tokens, name="account_tokens"),
    path("oidc/<str:provider_id>/login/", views.go_to_provider, name="openid_connect_login"),
    path("", include("allauth.urls")),
]
