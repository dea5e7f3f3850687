"""Holds the content API to what our own API holds tokens to: Wagtail's knows neither scopes nor ends nor factors."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from cms.core.api.problems import problem_response
from platform_apps.accounts.permissions import lacks_second_factor

from .authentication import bearer_of, check_scope, token_of

CONTENT_API = "/api/cms/"


class ContentApiGuardMiddleware:
    """Refuses tokens at the door of the content API that are over, may only read, or lack their person's factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(CONTENT_API):
            refusal = _refusal(request)
            if refusal is not None:
                return refusal
        return self.get_response(request)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    try:
        key = bearer_of(request)
        if not key:
            return None
        token = token_of(key)
        check_scope(token, request.method or "")
    except APIException as error:
        return problem_response(error.status_code, str(error.detail))
    if lacks_second_factor(token.user):
        return problem_response(HTTPStatus.FORBIDDEN, _("Set up a second factor first."))
    return None
