"""allauth's JSON API for apps, where ours differs from it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.headless.constants import Client
from allauth.headless.urls import build_urlpatterns
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import translation

from cms.core.api.problems import problem_response
from platform_apps.accounts.models import User


@dataclass
class UserData:
    """What apps learn of the person who signs in. The id is the one that the rest of the API knows."""

    id: str = field(metadata={"description": "The user's id.", "example": "0b5f9b0e-7d3c-4c0f-9d7e-1f2a3b4c5d6e"})
    display: str = field(metadata={"description": "The name to show.", "example": "Ana Costa"})
    email: str = field(metadata={"description": "The address.", "example": "ana@example.org"})
    has_usable_password: bool = field(metadata={"description": "Whether there is a password.", "example": True})


class HeadlessAdapter(DefaultHeadlessAdapter):
    """Gives out our own ids."""

    def get_user_dataclass(self) -> type[UserData]:
        return UserData

    def user_as_dataclass(self, user: User) -> UserData:
        return UserData(
            id=str(user.uuid) if user.pk else "",
            display=user.get_full_name(),
            email=user.email,
            has_usable_password=user.has_usable_password(),
        )


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of allauth: JSON that Python cannot read is the client's fault, and answers are in its language."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} and request.body and not _is_object(request.body):
            return problem_response(400, "The body must be a JSON object.")
        with translation.override(translation.get_language_from_request(request)):
            return view(request, *args, **kwargs)

    return guarded


def _is_object(body: bytes) -> bool:
    # Numbers of thousands of digits and brackets without end are errors of their own kinds.
    try:
        return isinstance(json.loads(body.decode("utf-8")), dict)
    except (ValueError, RecursionError):
        return False


def _guard(patterns: list[URLPattern | URLResolver]) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _guard(pattern.url_patterns)
        else:
            pattern.callback = _guarded(pattern.callback)


def app_urls() -> list[URLPattern | URLResolver]:
    """Return allauth's addresses for apps, without the two steps that it puts before them (`app/v1/`)."""
    [version] = build_urlpatterns(Client.APP)
    patterns: list[URLPattern | URLResolver] = list(version.url_patterns)
    _guard(patterns)
    return patterns
