"""Addresses of feeds, below a language."""

from django.urls import path

from .addresses import ATOM, JSON
from .views import feeds

urlpatterns = [
    path("atom.xml", feeds.site, {"form": ATOM}, name="site-feed-atom"),
    path("feed.json", feeds.site, {"form": JSON}, name="site-feed-json"),
    path("<slug:scope>/<slug:key>/atom.xml", feeds.scope, {"form": ATOM}, name="scope-feed-atom"),
    path("<slug:scope>/<slug:key>/feed.json", feeds.scope, {"form": JSON}, name="scope-feed-json"),
]
