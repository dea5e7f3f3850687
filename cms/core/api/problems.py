"""Every error of the API as problem details (RFC 9457)."""

import math
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from cms.core.refusals import ConflictError

CONTENT_TYPE = "application/problem+json"


class Conflict(exceptions.APIException):
    """The answer to a ConflictError."""

    status_code = HTTPStatus.CONFLICT


def problem(status: int, detail: str, *, errors: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the body: `type`, `title`, `status`, `detail`, and `errors` by field or parameter."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return body | {"errors": errors} if errors else body


def problem_response(status: int, detail: str) -> HttpResponse:
    """Return a problem from outside the API's own views."""
    return HttpResponse(orjson.dumps(problem(status, detail)), status=status, content_type=CONTENT_TYPE)


def problem_details_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into problem details; None for what is a fault of ours."""
    error = _as_api_error(error)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(max(1, math.ceil(error.wait)))
    errors = dict(_by_path(error.detail)) if isinstance(error.detail, dict) else None
    detail = _first_sentence(error.detail)
    return Response(
        problem(error.status_code, detail, errors=errors),
        status=error.status_code,
        headers=headers,
        content_type=CONTENT_TYPE,
    )


def _as_api_error(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, ConflictError):
        return Conflict(str(error))
    if isinstance(error, SuspiciousOperation):
        # Ten thousand parameters, a host that is not ours: Django would answer with a page.
        return exceptions.ParseError()
    if isinstance(error, DjangoValidationError):
        return exceptions.ValidationError(getattr(error, "message_dict", None) or error.messages)
    return error


def _by_path(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield what is wrong by where it is: `questions.0.text`, however deep it lies in what was sent."""
    if isinstance(detail, dict):
        parts = list(detail.items())
    elif any(isinstance(one, dict | list) for one in detail):
        parts = list(enumerate(detail))
    else:
        yield path, [str(one) for one in detail]
        return
    for name, part in parts:
        yield from _by_path([part] if isinstance(part, str) else part, f"{path}.{name}" if path else str(name))


def _first_sentence(detail: Any) -> str:
    while not isinstance(detail, str):
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail), "")
    return str(detail)
