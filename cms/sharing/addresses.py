"""Addresses of what is shared, in a language of choice."""

import uuid

from django.urls import reverse
from django.utils import translation

ATOM, JSON = "atom", "json"


def feed_path(language: str, form: str, scope: str = "", key: uuid.UUID | None = None) -> str:
    """Return the path of a feed, `form` being "atom" or "json": the site's without a scope."""
    with translation.override(language):
        return reverse(f"scope-feed-{form}", args=[scope, key]) if scope else reverse(f"site-feed-{form}")
