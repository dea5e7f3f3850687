from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.core.csp import embed_policy
from cms.core.site_context import home_url
from cms.core.site_frame import site_frame
from cms.directory.enums import Kind
from cms.sharing.selectors import entry_id_by_slug, entry_titles, shared_entry
from cms.sharing.widgets import LIST_KINDS, listed_cards

MAX_AGE = 300


@require_safe
@xframe_options_exempt
def entry_card(request: HttpRequest, language: str, key: UUID) -> HttpResponse:
    """Show a public entry as a card in a frame; a note in its place when there is none."""
    if language not in dict(settings.LANGUAGES):
        return _widget(request, settings.LANGUAGE_CODE, "sharing/embed_gone.html", {}, status=404)
    with translation.override(language):
        card = shared_entry(key, language)
        if card is None:
            return _widget(request, language, "sharing/embed_gone.html", {}, status=404)
        return _widget(request, language, "sharing/embed_card.html", {"entry": card, "title": card["title"]})


@require_safe
@xframe_options_exempt
def entry_list(request: HttpRequest, language: str) -> HttpResponse:
    """Show the newest entries of `kind` (a project if not given) in a frame, of the `hub` (id or slug) or of all.

    A kind or hub that there is not is answered with a note: 400 for the kind, 404 for the hub.
    """
    if language not in dict(settings.LANGUAGES):
        return _widget(request, settings.LANGUAGE_CODE, "sharing/embed_gone.html", {}, status=404)
    with translation.override(language):
        kind = request.GET.get("kind", Kind.PROJECT.value)
        if kind not in LIST_KINDS:
            return _widget(request, language, "sharing/embed_gone.html", {}, status=400)
        wanted = request.GET.get("hub")
        hub = _public_hub(wanted, language) if wanted is not None else None
        if wanted is not None and hub is None:
            return _widget(request, language, "sharing/embed_gone.html", {}, status=404)
        entries = listed_cards(language, kind=Kind(kind), hub=hub["id"] if hub else None)
        kind_label = LIST_KINDS[Kind(kind)]
        context = {
            "entries": entries,
            "title": hub["title"] if hub else kind_label,
            "kind_label": kind_label,
            "hub": hub,
        }
        return _widget(request, language, "sharing/embed_list.html", context)


def _public_hub(wanted: str, language: str) -> dict[str, Any] | None:
    try:
        key: UUID | None = UUID(wanted)
    except ValueError:
        key = entry_id_by_slug(Kind.HUB, wanted)
    found = entry_titles([key], language).get(key) if key else None
    return found | {"id": key} if found and found["kind"] == Kind.HUB else None


def _widget(
    request: HttpRequest, language: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    with translation.override(language):
        frame = site_frame(Site.find_for_request(request))
        context |= {
            "site_name": frame["name"],
            "home_url": home_url(language),
            "theme_url": reverse("default-theme", args=[frame["theme"]]),
        }
        response = render(request, template, context, status=status)
    for name, value in {
        "Content-Security-Policy": embed_policy(),
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "Content-Language": language,
        # For pages that isolate themselves from others.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }.items():
        response.headers[name] = value
    return response
