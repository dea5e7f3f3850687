"""Wagtail's content API (v3) for content clients: create, edit, publish, revisions; permissions as in the admin."""

from wagtail.api.v3.urls import api as content_api

__all__ = ["content_api"]
