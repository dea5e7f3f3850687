"""The addresses of pages: Wagtail's, with a view of ours that finds the page in fewer queries."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_patterns

from .routing import serve_page

# Ours comes last, as Wagtail's own does: its pattern fits everything, also the form for a restricted page's password.
urlpatterns = [
    *(pattern for pattern in wagtail_patterns if pattern.name != "wagtail_serve"),
    re_path(serve_pattern, serve_page, name="wagtail_serve"),
]
