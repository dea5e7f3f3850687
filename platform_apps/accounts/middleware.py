"""Tells scripts of a page whether somebody is signed in, since the session's cookie is out of their reach."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Worth nothing to a thief: it only says that asking for the personal part of a page makes sense.
HINT = "signed-in"


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
