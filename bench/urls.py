"""The site's own addresses, and those of what they are compared with."""

from django.urls import path

from config.urls import handler404, handler500  # noqa: F401 (Django reads them here)
from config.urls import urlpatterns as site

from . import views

urlpatterns = [
    path("bench/bare/", views.empty),
    path("bench/empty/", views.empty),
    path("bench/stock/<slug:language>/", views.stock),
    *site,
]
