"""What the OpenAPI document says of our views, derived from what the views do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from .parameters import Fields, Parameter, Several
from .problems import CONTENT_TYPE
from .serializers import ProblemSerializer

PROBLEMS = {
    400: "A parameter is unknown, given twice, or has a value it cannot take; `errors` says which.",
    401: "The token is not valid.",
    404: "There is no such thing, or it is not public.",
    405: "Only GET, HEAD and OPTIONS are possible here.",
    406: "The answer can only be JSON.",
    429: "Too many requests; `Retry-After` says when to come back.",
}
REQUEST_HEADERS = {
    "Accept-Language": "The languages of the reader, best first; `lang` wins over it.",
    "If-None-Match": "The ETag of an answer that the client has; while it holds, the answer is 304 without a body.",
}
RESPONSE_HEADERS = {
    "ETag": ("Changes with the answer.", [200, 304]),
    "Content-Language": ("The language chosen; each row says which one its own text has.", [200]),
    "Cache-Control": ("How long the answer may be kept.", [200, 304]),
}


def only_our_api(endpoints: list[Any], **_kwargs: Any) -> list[Any]:
    """Keep Wagtail's own endpoints, and everything else that happens to be a view, out of the document."""
    prefix = f"{settings.API_PREFIX}v1/"
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(prefix)]


class ReadSchema(AutoSchema):
    """Documents a ReadView: its parameters, its answer and every problem it can answer with."""

    def get_tags(self) -> list[str]:
        return [self.view.tag]

    def get_operation_id(self) -> str:
        return f"{self.view.tag}_{self.view.operation()}".replace("-", "_")

    def get_override_parameters(self) -> list[OpenApiParameter]:
        return [*query_parameters(self.view.parameters), *request_headers(), *response_headers()]

    def get_response_serializers(self) -> dict[Any, Any]:
        known = OpenApiResponse(description="The client holds this answer already.")
        return {
            200: self.view.answer_serializer(),
            304: known,
            **{
                (status, CONTENT_TYPE): OpenApiResponse(ProblemSerializer, description=text)
                for status, text in PROBLEMS.items()
            },
        }


def query_parameters(parameters: Mapping[str, Parameter]) -> list[OpenApiParameter]:
    """Return what the document says of query parameters."""
    return [
        OpenApiParameter(
            name,
            parameter.schema(),
            OpenApiParameter.QUERY,
            description=parameter.description,
            # Lists are written with commas, in one parameter.
            **({"style": "form", "explode": False} if isinstance(parameter, Several | Fields) else {}),
        )
        for name, parameter in parameters.items()
    ]


def request_headers(names: Iterable[str] = tuple(REQUEST_HEADERS)) -> list[OpenApiParameter]:
    """Return what the document says of headers that clients can send."""
    return [
        OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, description=REQUEST_HEADERS[name])
        for name in names
    ]


def response_headers(
    names: Iterable[str] = tuple(RESPONSE_HEADERS), *, statuses: list[int] | None = None
) -> list[OpenApiParameter]:
    """Return what the document says of headers of answers, of all of which `Retry-After` is one."""
    headers = [
        OpenApiParameter(
            name,
            OpenApiTypes.STR,
            OpenApiParameter.HEADER,
            description=RESPONSE_HEADERS[name][0],
            response=statuses or RESPONSE_HEADERS[name][1],
        )
        for name in names
    ]
    wait = OpenApiParameter(
        "Retry-After", OpenApiTypes.INT, OpenApiParameter.HEADER, description="Seconds to wait.", response=[429]
    )
    return [*headers, wait]
