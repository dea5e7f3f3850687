import io
from collections.abc import Iterator

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.sharing.selectors import path_behind

MAX_AGE, A_DAY = 300, 24 * 3600
# Posters get wet and torn: a quarter of the code may be missing.
ERROR_CORRECTION = "q"


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page behind a short code, in the visitor's language. Raises Http404 when there is none in public."""
    path = path_behind(code, [*_languages(request), settings.LANGUAGE_CODE])
    if path is None:
        raise Http404
    response = HttpResponseRedirect(path)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@cache_control(public=True, max_age=A_DAY)
def qr_code(request: HttpRequest, code: str) -> HttpResponse:
    """Return a short link as QR code, an SVG image. Raises Http404 when the link leads nowhere."""
    if path_behind(code, [settings.LANGUAGE_CODE]) is None:
        raise Http404
    address = request.build_absolute_uri(reverse("short-link", args=[code]))
    out = io.BytesIO()
    segno.make_qr(address, error=ERROR_CORRECTION).save(out, kind="svg", scale=8, dark="#12302a", light="#ffffff")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def _languages(request: HttpRequest) -> Iterator[str]:
    """Yield our languages that the visitor reads, the dearest first. Only the header counts: no cookie, no session."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            yield get_supported_language_variant(wanted)
        except LookupError:
            continue
