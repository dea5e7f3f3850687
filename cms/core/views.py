"""Small services around the pages, and the error pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, requires_csrf_token
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.models import Site

from .api.problems import problem_response
from .art import draw
from .site_context import frame
from .styleguide import styleguide as styleguide_samples
from .themes import THEMES, stylesheet, theme_properties

A_YEAR, A_DAY = 365 * 24 * 3600, 24 * 3600
LONGEST_SEED = 120


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def art(_request: HttpRequest, hue: str, seed: str) -> HttpResponse:
    """Draw the illustration of a title."""
    return HttpResponse(draw(seed[:LONGEST_SEED], hue), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def default_theme(_request: HttpRequest, key: str) -> HttpResponse:
    """Return the stylesheet of a shipped theme."""
    theme = THEMES.get(key)
    if theme is None:
        raise Http404
    return HttpResponse(stylesheet(":root", theme_properties(theme)), content_type="text/css")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where the site map is, and what is not for them."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /accounts/", "Disallow: /api/", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def admin_login(request: HttpRequest) -> HttpResponse:
    """Send whoever wants into the admin to the one sign-in there is."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("wagtailadmin_home")
    return redirect_to_login(target)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in its states."""
    return render(request, "core/styleguide.html", frame(request) | styleguide_samples())


@csrf_exempt
def no_such_api(_request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer unknown API addresses the way the API answers."""
    return problem_response(404, "There is nothing at this address.")


def no_such_file(_request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer 404 in plain text."""
    return HttpResponse("Not found\n", status=404, content_type="text/plain")


def uploaded_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an upload where no web server stands in front. Raises Http404 when there is none."""
    return serve(request, path, document_root=settings.MEDIA_ROOT)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Render the 404 page inside the frame of the site."""
    context: dict[str, Any] = frame(request) if Site.find_for_request(request) else {}
    return HttpResponse(render_to_string("404.html", context, request), status=404)


@requires_csrf_token
def server_error(_request: HttpRequest) -> HttpResponse:
    """Render the 500 page with neither database nor context: either may be what has failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
