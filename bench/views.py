"""What pages are compared with: an empty view, and a listing that keeps what an ordinary Wagtail site keeps."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from cms.projects.models import ProjectIndexPage, ProjectPage

PER_PAGE = 24


def empty(_request: HttpRequest) -> HttpResponse:
    """Answer with next to nothing."""
    return HttpResponse(b"ok")


def stock(request: HttpRequest, language: str) -> HttpResponse:
    """List the projects of a language as Wagtail's own demo lists its pages.

    Each request draws the page from the database; menu and footer are kept as template fragments, pictures come from
    the renditions that Wagtail keeps in its cache. Pages are fetched with their picture and place, which that demo does
    not do, and Wagtail's routing is left out: both only make it faster.
    """
    with override(language):
        index = ProjectIndexPage.objects.live().get(locale__language_code=language)
        pages = ProjectPage.objects.live().descendant_of(index).select_related("cover", "place")
        listed = Paginator(pages.order_by("-first_published_at"), PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "bench/stock.html", {"page": index, "listed": listed, "language": language})
