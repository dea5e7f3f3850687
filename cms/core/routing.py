"""Finds the page of an address in two queries, however deep it lies; Wagtail's own way takes two a level."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

ROOT_DEPTH = 1


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page as Wagtail does, after finding it our way. Both views answer to the same name."""
    root = _home_path(request)
    if root:
        try:
            # Wagtail looks here first (Page.route_for_request) and searches only when nothing is there.
            request._wagtail_route_for_request = find_route(request, root, path)
        except Http404:
            request._wagtail_route_for_request = None
    return serve(request, path)


def _home_path(request: HttpRequest) -> str | None:
    """Return where the tree of this site in the active language begins; None leaves the request to Wagtail."""
    site = Site.find_for_request(request)
    roots = [place for place in Site.get_site_root_paths() if site and place.site_id == site.pk]
    return next((place.root_path for place in roots if place.language_code == get_language()), None)


def find_route(request: HttpRequest, root: str, path: str) -> RouteResult | None:
    """Return the public page at a path below the home page.

    What lies above it is kept on the request as `pages_above`, home page first. A path that leads to no public page is
    given to the last page on the way, which may know more (a text in another language). Raises Http404 like Wagtail.
    """
    slugs = [slug for slug in path.split("/") if slug]
    way = [root]
    for slug in slugs:
        way.append(f"{way[-1]}{slug}/")
    found = _pages_on(way)
    trail = _unbroken(found, way)
    if not trail:
        return None
    if len(trail) == len(way) and trail[-1].live:
        page = _specific(trail[-1])
        page.is_unrestricted = not any(step.is_restricted for step in found.values())
        request.pages_above = trail[:-1]
        return RouteResult(page)
    request.pages_above = trail[: len(way) - 1]
    return _route_on(request, request.pages_above, slugs)


def _route_on(request: HttpRequest, above: list[Any], slugs: list[str]) -> RouteResult | None:
    """Ask the last page that there is for the rest of the way."""
    if not above:
        return None
    last, rest = _specific(above[-1]), slugs[len(above) - 1 :]
    # That it has no such public child is known by now; it may know a text in another language.
    elsewhere = getattr(last, "route_elsewhere", None)
    if elsewhere and len(rest) == 1:
        result = elsewhere(request, rest[0])
        if result is None:
            raise Http404
        return result
    return last.route(request, rest)


def _pages_on(way: list[str]) -> dict[str, Any]:
    """Return the pages at these addresses, and the root of all, by address; only slugs have an index."""
    slugs = {address.rstrip("/").rsplit("/", 1)[-1] for address in way}
    restricted = PageViewRestriction.objects.filter(Q(page=OuterRef("pk")) | Q(page=OuterRef("alias_of")))
    pages = (
        Page.objects.filter(Q(slug__in=slugs, url_path__in=way) | Q(depth=ROOT_DEPTH))
        .annotate(is_restricted=Exists(restricted))
        .select_related("locale")
    )
    return {page.url_path: page for page in pages}


def _unbroken(found: dict[str, Any], way: list[str]) -> list[Any]:
    trail = []
    for address in way:
        if address not in found:
            break
        trail.append(found[address])
    return trail


def _specific(page: Any) -> Any:
    specific = page.specific
    specific.locale = page.locale
    return specific
