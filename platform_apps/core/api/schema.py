"""What the OpenAPI document says of the endpoints for members."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from cms.core.api.parameters import LANG
from cms.core.api.problems import CONTENT_TYPE
from cms.core.api.schema import ReadSchema, query_parameters, request_headers, response_headers
from cms.core.api.serializers import ProblemSerializer

if TYPE_CHECKING:
    from .views import Operation

PROBLEMS = {
    400: "Something that was sent is missing, unknown or wrong; `errors` says what. Nothing was changed.",
    401: "Nobody is signed in, or the token is not valid.",
    403: "The person may not do this, or the CSRF token is missing. Nothing was changed.",
    404: "There is no such thing, or it is not for this person.",
    405: "This method is not possible here.",
    406: "The answer can only be JSON.",
    429: "Too many requests; `Retry-After` says when to come back.",
}
WRITE_PROBLEMS = {
    409: "It does not go with how things are by now. Nothing was changed.",
    415: "Send JSON.",
    422: "The Idempotency-Key was used for another request. Nothing was changed.",
}


class MemberSchema(ReadSchema):
    """Documents a MemberView from its operations."""

    @property
    def operation(self) -> "Operation":
        """What the view says of the method at hand."""
        return self.view.operations[self.method.lower()]

    @property
    def is_write(self) -> bool:
        return self.method != "GET"

    def get_operation_id(self) -> str:
        return self.operation.name

    def get_description(self) -> str:
        return self.operation.about

    def get_request_serializer(self) -> Any:
        return self.operation.input

    def get_override_parameters(self) -> list[OpenApiParameter]:
        if not self.is_write:
            return [*query_parameters(self.view.parameters), *request_headers(), *response_headers()]
        found = [*query_parameters({"lang": LANG}), *request_headers(["Accept-Language"])]
        if self.method == "POST":
            about = "Any text of up to 100 characters. The same request with it again changes nothing more."
            found.append(
                OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, description=about)
            )
        return [*found, *response_headers(["Content-Language"], statuses=[int(self.operation.status)])]

    def get_response_serializers(self) -> dict[Any, Any]:
        good: dict[Any, Any] = {int(self.operation.status): self.operation.answer or OpenApiResponse(description="")}
        if not self.is_write:
            good[304] = OpenApiResponse(description="The client holds this answer already.")
        problems = PROBLEMS | WRITE_PROBLEMS if self.is_write else PROBLEMS
        return good | {
            (status, CONTENT_TYPE): OpenApiResponse(ProblemSerializer, description=text)
            for status, text in problems.items()
        }
