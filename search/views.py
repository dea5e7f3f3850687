"""The page of results: the same bytes for every anonymous visitor, and whole without scripts."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.core.site_context import frame
from cms.directory.cards import cards, hub_cards
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.projects.models import ProjectIndexPage
from cms.taxonomy.selectors import sectors_of, shown_terms

from .backends import Scope
from .excerpts import Highlighter
from .queries import LONGEST_QUERY, cleaned
from .registry import kinds
from .selectors import Outcome, documents, promotions, search

PAGE_SIZE = 20
MOST_SECTORS, MOST_HUBS = 8, 6
LONGEST_NUMBER = 4


@require_safe
@cache_control(public=True, max_age=60)
def results(request: HttpRequest) -> HttpResponse:
    """Show what fits `q`, of one `kind` if given, page by page. What the address gets wrong counts as not given."""
    asked = request.GET.get("q", "")
    text = cleaned(asked)
    kind = request.GET.get("kind")
    kind = kind if kind in kinds() else None
    language = get_language()
    context = frame(request) | {
        "asked": text,
        "is_cut": len(asked.strip()) > LONGEST_QUERY,
        "longest": LONGEST_QUERY,
        "kind": kind,
        "is_hidden_from_search": True,
        "language": language,
    }
    context["language_links"] = [
        link | {"url": _address(text, language=link["code"])} for link in context["language_links"]
    ]
    outcome = search(text, Scope(language, kind))
    context |= _found(outcome, kind, request.GET.get("page", ""), language)
    if not outcome.total:
        context |= _help(request, language)
    response = render(request, "search/results.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _address(text: str, *, language: str | None = None, **more: Any) -> str:
    """Return the address of a search, without what is not given."""
    query = urlencode({name: value for name, value in {"q": text, **more}.items() if value})
    with override(language or get_language()):
        path = reverse("search")
    return f"{path}?{query}" if query else path


def _found(outcome: Outcome, kind: str | None, page: str, language: str) -> dict[str, Any]:
    text = outcome.meant or outcome.query.text
    pages = Paginator(list(outcome.hits), PAGE_SIZE)
    listing = pages.page(_number(page, pages.num_pages))
    here = {
        number: _address(text, kind=kind, page=number if number > 1 else None)
        for number in (listing.number - 1, listing.number + 1)
    }
    return {
        "results": _results(listing.object_list, outcome, language),
        "promoted": promotions(outcome.query, language) if listing.number == 1 else [],
        "listing": listing,
        "previous_url": here[listing.number - 1] if listing.has_previous() else "",
        "next_url": here[listing.number + 1] if listing.has_next() else "",
        "facets": [
            {"kind": value, "name": name, "count": outcome.counts[value], "url": _address(text, kind=value)}
            for value, name in kinds().items()
            if value in outcome.counts
        ],
        "every_url": _address(text),
        "total": outcome.total,
        "is_capped": outcome.is_capped,
        "meant": outcome.meant,
    }


def _number(text: str, last: int) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return min(max(int(text), 1), last) if is_number else 1


def _results(hits: Any, outcome: Outcome, language: str) -> list[dict[str, Any]]:
    """Return results with their cards; what is no entry has none, and shows its words alone."""
    highlighter = Highlighter(outcome.query)
    found = documents(hits)
    entries = Entry.objects.published().filter(pk__in=[document.object_id for _hit, document in found])
    shown = {card["id"]: card for card in cards(entries, language)} if found else {}
    return [
        {
            "card": shown.get(document.object_id),
            "kind_name": kinds().get(document.kind, ""),
            "title": document.title,
            "title_segments": highlighter.segments(document.title, document.configuration),
            "excerpt": highlighter.excerpt(document.summary, document.body, document.configuration),
            "url": document.paths.get(language, ""),
            "language": document.language if document.language != language else "",
        }
        for _hit, document in found
    ]


def _help(request: HttpRequest, language: str) -> dict[str, Any]:
    """Return where to go on from nothing: subjects of projects, and the liveliest hubs."""
    labels = shown_terms(language)
    index = ProjectIndexPage.objects.live().filter(locale__language_code=language).first()
    hubs = Entry.objects.published().of_kind(Kind.HUB).filter(parent=None).order_by("-rank", "pk")[:MOST_HUBS]
    sectors = [label for label in sectors_of(labels) if label.parent is None]
    return {
        "projects_url": index.get_url(request) if index else "",
        "sectors": sectors[:MOST_SECTORS],
        "hubs": hub_cards(hubs, language, labels=labels),
    }
