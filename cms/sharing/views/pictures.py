from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.core.site_frame import site_frame
from cms.sharing.pictures import entry_poster, page_poster, poster_file, poster_hash
from cms.sharing.posters import Poster
from cms.sharing.selectors import shared_entry

A_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def poster(request: HttpRequest, language: str, key: UUID, hash: str) -> HttpResponse:  # noqa: A002 (what it is)
    """Return the poster of a public page as PNG.

    The hash has to be the one of its present look: only what we have named ourselves is ever drawn and stored.
    Raises Http404 for any other, and for what is not public.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        found = _entry_poster(request, key, language) or _page_poster(request, key)
        if found is None or not constant_time_compare(poster_hash(*found), hash):
            raise Http404
        response = HttpResponse(poster_file(key, language, *found), content_type="image/png")
    response.headers["Content-Language"] = language
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _entry_poster(request: HttpRequest, key: UUID, language: str) -> tuple[Poster, dict[str, Any] | None] | None:
    card = shared_entry(key, language)
    if card is None:
        return None
    frame = site_frame(Site.find_for_request(request))
    said = entry_poster(
        title=card["title"], kind_label=card["kind_label"], sectors=card["sectors"], place=card["place_name"],
        image=card["image"], frame=frame,
    )  # fmt: skip
    return said, card["image"]


def _page_poster(request: HttpRequest, key: UUID) -> tuple[Poster, None] | None:
    """Return the poster of a public page that is no entry, in the language of the address only."""
    pages = Page.objects.live().filter(translation_key=key, locale__language_code=translation.get_language())
    page = pages.first()
    if page is None or page.get_view_restrictions():
        return None
    return page_poster(page, site_frame(Site.find_for_request(request))), None
