"""What a page shows to one person only; it comes after the page, which is the same for everybody."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .middleware import forget
from .personal import personal_parts

LONGEST_PATH = 1_000


@require_safe
def personal(request: HttpRequest) -> HttpResponse:
    """Return the personal parts of the page at `path`, as templates for the places they go to.

    Nobody signed in: 204, and the hint that made the page ask is taken away.
    """
    if request.user.is_authenticated:
        page = _page(request, request.GET.get("path", "")[:LONGEST_PATH])
        context = {
            "edit_url": _edit_url(request, page),
            "may_enter_admin": request.user.has_perm("wagtailadmin.access_admin"),
            "parts": [part.component(request, page) for part in personal_parts()],
        }
        response = render(request, "accounts/personal.html", context)
    else:
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        forget(response)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _edit_url(request: HttpRequest, page: Any) -> str:
    """Return where the person may edit the page; "" when there is none or they may not."""
    if page is None or not page.permissions_for_user(request.user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _page(request: HttpRequest, path: str) -> Any:
    # Pages stand below the language that this view was asked in; their own paths go on from there.
    language, _view, _rest = request.path.partition("personal/")
    if not path.startswith(language):
        return None
    route = Page.route_for_request(request, path.removeprefix(language))
    return route.page if route else None
