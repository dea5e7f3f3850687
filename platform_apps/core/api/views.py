"""The base of what members do by API: writes, and reads that are theirs alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.settings import api_settings

from cms.core.api.parameters import LANG, Parameter, parse_query
from cms.core.api.views import PagedView, answered

from .idempotency import once
from .parsers import OrjsonParser
from .schema import MemberSchema

# Scripts of our own pages come with the session's cookie, and with a CSRF token when they write.
BY_SESSION_TOO = [*api_settings.DEFAULT_AUTHENTICATION_CLASSES, SessionAuthentication]
NEVER_KEPT = "private, no-store"


@dataclass(frozen=True)
class Operation:
    """What one method of an endpoint takes and answers: checked when it comes in, told by the OpenAPI document."""

    name: str
    about: str
    input: type[serializers.Serializer] | None = None
    answer: type[serializers.Serializer] | None = None
    status: HTTPStatus = HTTPStatus.OK


class MemberView(PagedView):
    """An endpoint for people who are signed in, by session, token or JWT.

    Subclasses declare `tag` and `operations`, by method, and write a `do_<method>(**path)` for each, which returns
    plain data; what was sent is in `self.input`, query parameters in `self.values`. A write runs in one transaction:
    what is refused leaves nothing behind. A POST with an `Idempotency-Key` is done once, however often it is sent.
    """

    authentication_classes = BY_SESSION_TOO
    permission_classes = [IsAuthenticated]
    parser_classes = [OrjsonParser]
    schema = MemberSchema()
    is_list = False

    operations: ClassVar[Mapping[str, Operation]] = {}
    # Of the reads; writes take none but `lang`. Lists add PAGE_PARAMETERS.
    parameters: ClassVar[dict[str, Parameter]] = {"lang": LANG}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.http_method_names = [*cls.operations, *(["head"] if "get" in cls.operations else []), "options"]

    def get(self, request: Request, **path: Any) -> HttpResponse:
        """Answer a read, for this person only."""
        self.values = parse_query(self.parameters, request.GET)
        return answered(request, orjson.dumps(self.do_get(**path)))

    def _write(self, request: Request, method: str, path: dict[str, Any]) -> HttpResponse:
        parse_query({"lang": LANG}, request.GET)
        operation = self.operations[method]
        self.input = self._checked(request, operation)
        do: Callable[..., Any] = getattr(self, f"do_{method}")

        def answer() -> tuple[int, bytes]:
            data = do(**path)
            return operation.status, b"" if operation.answer is None else orjson.dumps(data)

        with transaction.atomic():
            status, body = once(request, answer) if method == "post" else answer()
        response = HttpResponse(body, status=status, content_type=request.accepted_renderer.media_type)
        if not body:
            del response.headers["Content-Type"]
        return response

    def _checked(self, request: Request, operation: Operation) -> dict[str, Any]:
        if operation.input is None:
            if request.data:
                raise ValidationError({"body": [_("Nothing is to be sent here.")]})
            return {}
        serializer = operation.input(data=request.data, context={"request": request, "view": self})
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def post(self, request: Request, **path: Any) -> HttpResponse:
        return self._write(request, "post", path)

    def put(self, request: Request, **path: Any) -> HttpResponse:
        return self._write(request, "put", path)

    def patch(self, request: Request, **path: Any) -> HttpResponse:
        return self._write(request, "patch", path)

    def delete(self, request: Request, **path: Any) -> HttpResponse:
        return self._write(request, "delete", path)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = NEVER_KEPT
        return response
