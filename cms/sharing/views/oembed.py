from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.core.site_context import home_url
from cms.core.site_frame import site_frame
from cms.sharing.oembed import JSON_TYPE, MAX_AGE, XML_TYPE, Target, as_xml, target_of
from cms.sharing.pictures import entry_poster, poster_address, poster_sizes
from cms.sharing.selectors import shared_entry
from cms.sharing.widgets import NARROWEST, card_frame, card_path

LONGEST_NUMBER = 6
FORMATS = ("json", "xml")


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Say how to show an address of ours: `url`, `format` (json or xml), `maxwidth` and `maxheight` in pixels.

    400 for a request that says nothing or nonsense, 404 for addresses that are not one of our public entries', 501 for
    other formats, as the specification has it.
    """
    form = request.GET.get("format", "json")
    if form not in FORMATS:
        return _refusal(HTTPStatus.NOT_IMPLEMENTED, "The formats are json and xml.")
    try:
        sizes = {name: _size(request, name) for name in ("maxwidth", "maxheight")}
    except ValueError:
        return _refusal(HTTPStatus.BAD_REQUEST, "maxwidth and maxheight are whole numbers of pixels.")
    address = request.GET.get("url")
    if not address:
        return _refusal(HTTPStatus.BAD_REQUEST, "The parameter url is missing.")
    target = target_of(address, {request.get_host().lower()})
    values = _values(request, target, sizes) if target else None
    if values is None:
        return _refusal(HTTPStatus.NOT_FOUND, "There is nothing to embed at this address.")
    if form == "xml":
        return _open(HttpResponse(as_xml(values), content_type=XML_TYPE))
    return _open(HttpResponse(orjson.dumps(values), content_type=JSON_TYPE))


def _size(request: HttpRequest, name: str) -> int | None:
    """Return a length in pixels, None when it is not given. Raises ValueError for what is none."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER and int(text)):
        raise ValueError(name)
    return int(text)


def _values(request: HttpRequest, target: Target, sizes: dict[str, int | None]) -> dict[str, Any] | None:
    """Return the answer; None when the widget would be too narrow to be read."""
    max_width, max_height = sizes["maxwidth"], sizes["maxheight"]
    card = shared_entry(target.key, target.language)
    if card is None or (max_width or NARROWEST) < NARROWEST:
        return None
    site = site_frame(Site.find_for_request(request))
    address = request.build_absolute_uri(card_path(target.key, target.language))
    frame = card_frame(address, card["title"], max_width=max_width, max_height=max_height)
    values = {
        "version": "1.0",
        "type": "rich",
        "title": card["title"],
        "provider_name": site["name"],
        "provider_url": request.build_absolute_uri(home_url(target.language)),
        "cache_age": MAX_AGE,
        "html": frame.html,
        "width": frame.width,
        "height": frame.height,
    }
    return values | _thumbnail(request, target, card, sizes)


def _thumbnail(
    request: HttpRequest, target: Target, card: dict[str, Any], sizes: dict[str, int | None]
) -> dict[str, Any]:
    """Return the poster, unless it is larger than what is asked for."""
    own = poster_sizes()
    if any(sizes[f"max{side}"] and own[side] > (sizes[f"max{side}"] or 0) for side in own):
        return {}
    with translation.override(target.language):
        poster = entry_poster(
            title=card["title"], kind_label=card["kind_label"], sectors=card["sectors"], place=card["place_name"],
            image=card["image"], frame=site_frame(Site.find_for_request(request)),
        )  # fmt: skip
        path = poster_address(target.key, target.language, poster, card["image"])
    address = request.build_absolute_uri(path)
    return {"thumbnail_url": address} | {f"thumbnail_{side}": length for side, length in own.items()}


def _refusal(status: HTTPStatus, words: str) -> HttpResponse:
    return _open(HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8"))


def _open(response: HttpResponse) -> HttpResponse:
    """Any site's page may ask, and a proxy may keep the answer."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE if response.status_code == HTTPStatus.OK else 0}"
    return response
