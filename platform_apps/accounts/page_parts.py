"""The part of every page that asks for what is personal."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html

from cms.core.page_parts import Area, register_page_part


def script(_context: Mapping[str, Any]) -> str:
    """Return the script that asks for the personal part, when somebody is signed in."""
    return format_html(
        '<script type="module" src="{}" data-personal="{}"></script>',
        static("accounts/personal.js"),
        reverse("personal"),
    )


def register() -> None:
    """Put the script into the head of every page."""
    register_page_part(area=Area.HEAD, name="personal", component=script)
