"""Answers anonymous visitors with kept pages; stands outside of all other middleware."""

import re
from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.cache import cc_delim_re, patch_vary_headers

from .held import hold
from .store import KeptPage, PageStore
from .version import site_version

Handler = Callable[[HttpRequest], HttpResponse]

# What campaigns hang onto addresses. It changes nothing on the page, so the page never sees it.
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "msclkid", "mtm_", "pk_")
LONGEST_QUERY = 300
# Set for each answer, or a matter of the connection.
NOT_KEPT = {"date", "etag", "cache-control", "expires", "content-length"}
# Kept pages may differ by how they are packed, and by nothing that a visitor's browser says of its person.
HARMLESS_VARY = {"accept-encoding"}
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


class PageCacheMiddleware:
    """Keeps what is the same for every anonymous visitor; everything else passes through untouched."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    @cached_property
    def store(self) -> PageStore:
        return store()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE_ENABLED:
            return self.get_response(request)
        address = _address(request)
        if address is None:
            return self._personal(request)
        key = f"{site_version()} {address}"
        page = self.store.get(key)
        if page is None:
            with self.store.drawing(key) as page:
                if page is None:
                    return self._draw(request, key)
        return _answer(request, page)

    def _draw(self, request: HttpRequest, key: str) -> HttpResponse:
        response = self.get_response(request)
        if not _may_be_kept(response):
            return response
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in NOT_KEPT)
        hold(request.build_absolute_uri())
        return _answer(request, self.store.put(key, response.content, headers))

    def _personal(self, request: HttpRequest) -> HttpResponse:
        """What a person with a session sees is nobody else's, even where it is the same today."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-cache"
        return response


_stores: list[PageStore] = []


def store() -> PageStore:
    """Return the pages of this process."""
    if not _stores:
        _stores.append(PageStore(settings.PAGE_CACHE_BYTES, packs=True))
    return _stores[0]


def _address(request: HttpRequest) -> str | None:
    """Return what a kept page is known by; None for requests that are answered one by one."""
    if (
        request.method != "GET"
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or "Authorization" in request.headers
        or "HX-Request" in request.headers
        or not _is_page(request.path)
    ):
        return None
    query = _query(request)
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return None if query is None else f"{request.scheme}://{host}{request.path}?{query}"


def _is_page(path: str) -> bool:
    """Pages have a language in front; nothing else is kept."""
    language = path.split("/", 2)[1]
    return any(code == language for code, _name in settings.LANGUAGES)


def _query(request: HttpRequest) -> str | None:
    """Return the query in one order, None if it holds anything that pages do not know.

    Takes away what campaigns have added, so that no page can show it to the next visitor.
    """
    raw = request.META.get("QUERY_STRING", "")
    if not raw:
        return ""
    if len(raw) > LONGEST_QUERY:
        return None
    pairs = parse_qsl(raw, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not name.startswith(TRACKING)]
    if len(kept) != len(pairs):
        request.META["QUERY_STRING"] = urlencode(kept)
    if any(name not in settings.PAGE_CACHE_QUERY_KEYS for name, _value in kept):
        return None
    return urlencode(kept)


def _may_be_kept(response: HttpResponse) -> bool:
    told = {word.split("=")[0].lower() for word in cc_delim_re.split(response.headers.get("Cache-Control", ""))}
    vary = {word.lower() for word in cc_delim_re.split(response.headers.get("Vary", "")) if word}
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and response.headers.get("Content-Type", "").startswith("text/html")
        and not told & {"private", "no-store", "no-cache"}
        and vary <= HARMLESS_VARY
    )


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    is_packed = bool(page.packed and GZIP.search(request.headers.get("Accept-Encoding", "")))
    # A tag belongs to bytes: what is packed has another one.
    etag = f'{page.etag[:-1]}-gzip"' if is_packed else page.etag
    is_known = etag in request.headers.get("If-None-Match", "")
    body = page.packed if is_packed else page.body
    response = HttpResponse(b"" if is_known else body, status=304 if is_known else 200)
    del response.headers["Content-Type"]
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding"])
    seconds = settings.PAGE_CACHE_PROXY_SECONDS
    response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={seconds}" if seconds else "public, no-cache"
    if not is_known:
        response.headers["Content-Length"] = str(len(body))
        if is_packed:
            response.headers["Content-Encoding"] = "gzip"
    return response
