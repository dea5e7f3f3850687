"""What requests pass on behalf of accounts: a hint for scripts that somebody is signed in, the pages' language."""

from collections.abc import Callable

from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from cms.core.views import not_found

# Worth nothing to a thief: it only says that asking for the personal part of a page makes sense.
HINT = "signed-in"
ACCOUNT_PAGES = ("/accounts/", "/identity/")


class SignedInHintMiddleware:
    """Sets and takes away the hint together with the session's cookie. Stands outside of the session middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is None:
            return response
        if session.value and getattr(request, "user", None) and request.user.is_authenticated:
            response.set_cookie(
                HINT, "1", max_age=session["max-age"] or None, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
            )
        elif HINT in request.COOKIES:
            forget(response)
        return response


def forget(response: HttpResponse) -> None:
    """Take the hint away."""
    response.delete_cookie(HINT, samesite="Lax")


class MissingProviderMiddleware:
    """Answers 404 for a site to sign in with that is not set up: allauth has addresses for it, and falls over them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn allauth's error into an answer; None for any other."""
        return not_found(request, exception) if isinstance(exception, SocialApp.DoesNotExist) else None


class AccountLanguageMiddleware:
    """Speaks the language of the page that somebody came from, or their own: these addresses have none in them.

    Where it came from stays with the visitor, for these pages only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ACCOUNT_PAGES):
            return self.get_response(request)
        asked = _language_of(request.GET.get("next", ""))
        language = asked or (request.user.is_authenticated and request.user.preferred_language)
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if asked:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                path=ACCOUNT_PAGES[0],
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def _language_of(path: str) -> str:
    """Return the language of a page by its path; "" when it has none."""
    first = path.removeprefix("/").partition("/")[0]
    return first if path.startswith("/") and first in dict(settings.LANGUAGES) else ""
