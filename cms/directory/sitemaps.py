"""The site map: public pages with their languages, in parts that stay below the protocol's limits."""

from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from .models import Entry
from .services import page_path

PART_SIZE = 10_000


@require_safe
@cache_control(public=True, max_age=300)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts of the site map."""
    entries = Entry.objects.published().count()
    parts = 1 + (entries + PART_SIZE - 1) // PART_SIZE
    addresses = [request.build_absolute_uri(reverse("sitemap-part", args=[number])) for number in range(parts)]
    items = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</sitemapindex>')


@require_safe
@cache_control(public=True, max_age=300)
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """Return part 0 (pages that are no entries) or one slice of the entries. Raises Http404 beyond the last."""
    paths = _page_paths(request) if number == 0 else _entry_paths(number)
    items = "".join(_url(request, alternates) for alternates in paths)
    if number and not items:
        raise Http404
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"{items}</urlset>"
    )


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', content_type="application/xml")


def _entry_paths(number: int) -> list[dict[str, str]]:
    if number > Entry.objects.count() // PART_SIZE + 1:
        return []
    start = (number - 1) * PART_SIZE
    entries = Entry.objects.published().order_by("pk")
    rows = entries.values_list("paths", "pk")[start : start + PART_SIZE]
    own = _own_languages([pk for _paths, pk in rows])
    return [{code: path for code, path in paths.items() if code in own[pk]} for paths, pk in rows]


def _own_languages(keys: list[object]) -> dict[object, set[str]]:
    """Only languages that an entry is written in are alternates; elsewhere its page points to these."""
    found: dict[object, set[str]] = {key: set() for key in keys}
    texts = Entry.texts.rel.related_model.objects.live().filter(entry__state="published")
    for key, language in texts.values_list("entry_id", "language").iterator():
        if key in found:
            found[key].add(language)
    return found


def _page_paths(request: HttpRequest) -> list[dict[str, str]]:
    site = Site.find_for_request(request)
    if site is None:
        return []
    entries = Entry.objects.values("pk")
    pages = (
        Page.objects.live().public().exclude(translation_key__in=entries).filter(depth__gt=1).select_related("locale")
    )
    groups: dict[object, dict[str, str]] = {}
    for page in islice(pages.order_by("path"), PART_SIZE):
        path = page_path(page)
        if path:
            groups.setdefault(page.translation_key, {})[page.locale.language_code] = path
    return list(groups.values())


def _url(request: HttpRequest, alternates: dict[str, str]) -> str:
    absolute = {code: request.build_absolute_uri(path) for code, path in alternates.items()}
    links = [_alternate(code, address) for code, address in absolute.items()]
    default = absolute.get(settings.LANGUAGE_CODE)
    if default:
        links.append(_alternate("x-default", default))
    return "".join(f"<url><loc>{escape(address)}</loc>{''.join(links)}</url>" for address in absolute.values())


def _alternate(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(address)}/>'
