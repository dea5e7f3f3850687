"""What the pages of teams share: who may open them, the frame, refusals beside the form instead of an error page."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override

from cms.core.refusals import ConflictError
from cms.core.site_context import frame
from cms.directory.models import Entry

from . import permissions
from .selectors import entry_names

PAGE_SIZE = 20
LONGEST_NUMBER = 6
View = Callable[..., HttpResponse]


def entry_or_404(user: Any, entry_id: Any) -> Entry:
    """Return an entry whose team the person may know of. Raises Http404 for others as for none."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None or not permissions.can_see_entry(user, entry):
        raise Http404
    return entry


def page_context(request: HttpRequest, entry: Entry, title: str) -> dict[str, Any]:
    """Return the frame of a page about an entry, with links to the same page in the other languages."""
    named = entry_names([entry.pk], get_language())[entry.pk]
    context = frame(request) | {"entry": entry, "named": named, "page_title": f"{title}: {named['title']}"}
    match = request.resolver_match
    for link in context["language_links"]:
        with override(link["code"]):
            link["url"] = reverse(match.view_name, kwargs=match.kwargs)
    return context


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Return a page that is for one person and for no search engine."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def again(request: HttpRequest) -> HttpResponse:
    """Lead back to the page after something was done, so that reloading does nothing twice."""
    return HttpResponseRedirect(request.get_full_path())


def tells_refusals(view: View) -> View:
    """Let a view of forms say on its page, not on an error page, why something was not done."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, ConflictError, ValidationError) as error:
            if request.method != "POST" or not _words(error):
                raise
            return _redrawn(view, request, error, *args, **kwargs)

    return told


def _redrawn(view: View, request: HttpRequest, error: Exception, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the page as it is now, with the refusal on it. Nothing was changed: the services roll back."""
    messages.error(request, _words(error))
    request.method = "GET"
    response = view(request, *args, **kwargs)
    if isinstance(error, PermissionDenied):
        response.status_code = HTTPStatus.FORBIDDEN
    else:
        response.status_code = HTTPStatus.CONFLICT if isinstance(error, ConflictError) else HTTPStatus.BAD_REQUEST
    return response


def _words(error: Exception) -> str:
    return error.messages[0] if isinstance(error, ValidationError) else str(error)


def checked(form: forms.Form) -> dict[str, Any]:
    """Return what a form holds. Raises ValidationError with its first complaint, for forms that are one button."""
    if not form.is_valid():
        raise ValidationError([text for texts in form.errors.values() for text in texts])
    return form.cleaned_data


def listing(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """Return the page of rows that `page` asks for, and the pager. What is no page is the first one."""
    pages = Paginator(rows, PAGE_SIZE)
    asked = request.GET.get("page", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER
    page = pages.get_page(int(asked) if is_number else 1)
    return {"rows": list(page.object_list), "pager": pager(page)}


def pager(page: Any) -> dict[str, Any]:
    """Return what the pager component shows of a page."""
    total, last = page.paginator.count, page.end_index()
    return {
        "first": page.start_index(),
        "last": last,
        "total": total,
        "more": min(PAGE_SIZE, total - last),
        "next": f"?page={page.number + 1}" if page.has_next() else "",
        "back": f"?page={page.number - 1}" if page.has_previous() else "",
    }
