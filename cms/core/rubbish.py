"""Turns the faults that libraries raise over rubbish from a client into the 4xx that they should have been."""

import errno
import traceback
from collections.abc import Callable
from http import HTTPStatus

from django.core.paginator import InvalidPage
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.views import defaults

# Where a value that came with the request fails to be what a lookup or a form needs: in Wagtail 8.0 a chooser asked for
# the item "nan", a form posted without its fields, an external link without an address.
PLACES = (
    ("django/db/models/fields/__init__.py", "get_prep_value"),
    ("django/db/models/fields/__init__.py", "to_python"),
    ("wagtail/admin/forms/choosers.py", "is_absolute_path"),
    ("wagtail/admin/views/pages/revisions.py", "get_object"),
)
# These make addresses from what the client sent: a page "abc" to return to, a number in another script's digits.
ADDRESS_MAKERS = ("wagtail/admin/views/chooser.py", "wagtail_localize/views/submit_translations.py")
TOO_LONG = errno.ENAMETOOLONG


class RefuseRubbishMiddleware:
    """Answers 404 to a GET and 400 to anything else that only failed because of what the client sent.

    Narrow by design: it goes by the kind of error or the very place that raised it, never by "some ValueError".
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the answer to rubbish; None for every other error, which stays a fault of ours."""
        if not is_rubbish(error):
            return None
        if request.method in {"GET", "HEAD"}:
            return HttpResponse("Not found\n", status=HTTPStatus.NOT_FOUND, content_type="text/plain")
        return defaults.bad_request(request, error)


def is_rubbish(error: Exception) -> bool:
    """Return whether an error says something about the request rather than about us."""
    if isinstance(error, MultiValueDictKeyError | OverflowError | DataError | InvalidPage):
        return True
    if isinstance(error, OSError):
        return error.errno == TOO_LONG
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, NoReverseMatch):
        return any(frame.filename.endswith(ADDRESS_MAKERS) for frame in frames)
    return bool(frames) and any(
        frames[-1].filename.endswith(file) and frames[-1].name == function for file, function in PLACES
    )
