"""What every request passes: a guard against rubbish, the security headers, the language of a page."""

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from .api.problems import problem_response
from .csp import policy_for

Handler = Callable[[HttpRequest], HttpResponse]

# What file systems and slugs end at, in bytes; a longer step of an address names nothing.
LONGEST_STEP = 255
# NUL, and what is left of bytes that are not UTF-8: uvicorn puts the sign for "no sign" there, Django writes %C0.
NO_TEXT = re.compile(r"\x00|\ufffd|%[89A-F][0-9A-F]")


class RequestGuardMiddleware:
    """Answers 400 to what no honest client sends: NUL bytes and text that is not UTF-8 in path or query.

    Databases and template loaders would each fail on it in their own way, far from here.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_rubbish(request.META.get("QUERY_STRING", "")) or NO_TEXT.search(request.path):
            return problem_response(400, "The address holds bytes that are not text.")
        if _names_nothing(request.path):
            return problem_response(404, "There is nothing at this address.")
        return self.get_response(request)


def _names_nothing(path: str) -> bool:
    """Python reads the digits of every script as numbers, while addresses are only ever written with 0 to 9."""
    is_too_long = any(len(step.encode()) > LONGEST_STEP for step in path.split("/"))
    return is_too_long or any(sign.isdecimal() and not sign.isascii() for sign in path)


def _is_rubbish(query: str) -> bool:
    raw = unquote_to_bytes(query.replace("+", " "))
    if b"\x00" in raw:
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


class SecurityHeadersMiddleware:
    """Sets the headers that depend on the area: pages, admin, API, uploaded files."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_admin = request.path.startswith("/admin/")
        response.headers.setdefault("Content-Security-Policy", policy_for(request))
        response.headers.setdefault("Referrer-Policy", "same-origin" if is_admin else "strict-origin-when-cross-origin")
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if _is_framed(request) else "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), payment=(), geolocation=(self)")
        if getattr(request, "user", None) is not None and request.path.startswith(settings.API_PREFIX):
            response.headers.setdefault("Cache-Control", "no-store" if _is_known(request) else "public, max-age=0")
        return response


def _is_framed(request: HttpRequest) -> bool:
    """Wagtail shows previews in a frame of its own admin."""
    return request.path.startswith("/admin/") or getattr(request, "is_preview", False)


def _is_known(request: HttpRequest) -> bool:
    return "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES


class PageLocaleMiddleware(LocaleMiddleware):
    """Django's own, except that only pages have a language in their address.

    Left alone, it turns a missing address of the API or the admin into a way to /en/api/… or /en/admin/…
    """

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith(settings.API_PREFIX):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            return
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_missing = response.status_code == HTTPStatus.NOT_FOUND
        if request.path.startswith(settings.ADDRESSES_WITHOUT_LANGUAGE if is_missing else settings.API_PREFIX):
            return response
        if response.has_header("Content-Language"):
            # The view took the language from its own part of the address: nothing here varies with the visitor.
            return response
        return super().process_response(request, response)
