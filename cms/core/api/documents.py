"""The OpenAPI document and its interactive pages."""

from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from .languages import language_of
from .parameters import LANG, Parameter, parse_query
from .problems import CONTENT_TYPE

VERSION = Parameter("Accepted for tools that send it; there is one version.")


class _ProblemsMixin:
    """Answers errors as problem details, whatever the view itself answers with: YAML, or a page."""

    # What DRF answers to OPTIONS is data, which neither a page nor YAML of an OpenAPI document can show.
    http_method_names = ["get", "head"]

    def handle_exception(self, error: Exception) -> HttpResponse:
        response = super().handle_exception(error)
        response.headers["Content-Type"] = CONTENT_TYPE
        return HttpResponse(orjson.dumps(response.data), status=response.status_code, headers=response.headers)


class SchemaView(_ProblemsMixin, SpectacularAPIView):
    """The OpenAPI document of this API, as YAML or JSON."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        parse_query({"lang": LANG, "version": VERSION}, request.GET)
        with translation.override(language_of(request)):
            return self._get_schema_response(request)


class DocsView(_ProblemsMixin, SpectacularSwaggerSplitView):
    """The OpenAPI document to read and try. Its script is an address of its own, as the security policy asks."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        script = {"script": _Anything("")}
        parse_query({"lang": LANG, **script}, request.GET)
        return super().get(request, *args, **kwargs)


class _Anything(Parameter):
    """A parameter that only has to be there."""

    def parse(self, text: str) -> str:
        return text
