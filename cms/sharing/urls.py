"""Addresses without a language: posters, widgets, oEmbed, short links."""

from django.urls import path

from .views import embeds, links, oembed, pictures

urlpatterns = [
    path("og/<slug:language>/<uuid:key>/<slug:hash>.png", pictures.poster, name="poster"),
    path("embed/<slug:language>/list/", embeds.entry_list, name="embed-list"),
    path("embed/<slug:language>/<uuid:key>/", embeds.entry_card, name="embed-card"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("s/<slug:code>", links.short_link, name="short-link"),
    path("s/<slug:code>/qr.svg", links.qr_code, name="qr-code"),
]
