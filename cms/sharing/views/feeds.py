import hashlib
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.core.site_frame import site_frame
from cms.directory.enums import Kind
from cms.sharing.addresses import JSON, feed_path
from cms.sharing.feed_formats import ATOM_TYPE, JSON_TYPE, as_atom, as_json
from cms.sharing.feeds import SCOPES, SECTOR, Feed, FeedFrame, scope_feed, site_feed
from cms.sharing.selectors import entry_id_by_slug
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import shown_terms

MAX_AGE = 300


@require_safe
def site(request: HttpRequest, form: str) -> HttpResponseBase:
    """Return the feed of the whole site."""
    return _answer(request, form, site_feed(_frame(request)), lambda language: feed_path(language, form))


@require_safe
def scope(request: HttpRequest, scope: str, key: str, form: str) -> HttpResponseBase:
    """Return the feed of a hub, an organization or a sector.

    A slug leads to the address with the id, which stays the same when something is renamed. Raises Http404 for what is
    not there or not public.
    """
    if scope not in SCOPES:
        raise Http404
    try:
        thing = UUID(key)
    except ValueError:
        return _redirect(form, scope, _by_slug(scope, key))
    if key != str(thing):
        return _redirect(form, scope, thing)
    feed = scope_feed(_frame(request), scope, thing)
    if feed is None:
        raise Http404
    return _answer(request, form, feed, lambda language: feed_path(language, form, scope, thing))


def _redirect(form: str, scope: str, key: UUID | None) -> HttpResponse:
    if key is None:
        raise Http404
    return HttpResponseRedirect(feed_path(_language(), form, scope, key))


def _by_slug(scope: str, slug: str) -> UUID | None:
    if scope != SECTOR:
        return entry_id_by_slug(Kind(scope), slug)
    label = shown_terms(_language()).find(Vocabulary.SECTOR, slug)
    return label.key if label else None


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _frame(request: HttpRequest) -> FeedFrame:
    return FeedFrame(_language(), request.build_absolute_uri, site_frame(Site.find_for_request(request)))


def _answer(request: HttpRequest, form: str, feed: Feed, path: Callable[[str], str]) -> HttpResponseBase:
    """Return the feed, or 304 to whoever has it already; open to programs in other sites' pages."""
    own_url = request.build_absolute_uri(path(feed.language))
    if form == JSON:
        response = HttpResponse(as_json(feed, own_url=own_url), content_type=JSON_TYPE)
    else:
        others = [code for code, _name in settings.LANGUAGES if code != feed.language]
        other_urls = {code: request.build_absolute_uri(path(code)) for code in others}
        response = HttpResponse(as_atom(feed, own_url=own_url, other_urls=other_urls), content_type=ATOM_TYPE)
    etag = quote_etag(hashlib.sha256(response.content).hexdigest())
    updated = int(feed.updated.timestamp())
    for name, value in {
        "ETag": etag,
        "Last-Modified": http_date(updated),
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }.items():
        response.headers[name] = value
    found: HttpResponseBase = get_conditional_response(request, etag, updated, response)
    return found
