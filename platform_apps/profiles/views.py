"""The pages about people. Each is made anew each time: who has changed what they show is not shown with it any more."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.site_context import frame

from .enums import Relation
from .forms import ProfileForm
from .limits import has_sent_enough_pictures
from .listing import listing
from .selectors import own, person
from .services import edit_profile, ensure_profile, remove_avatar, set_avatar
from .visibility import Viewer, viewer_of

FOR_ONE_REQUEST = cache_control(private=True, no_store=True)


@require_safe
@FOR_ONE_REQUEST
def people_page(request: HttpRequest) -> HttpResponse:
    """Show people whose name the visitor sees, narrowed down as the address says."""
    viewer = viewer_of(request.user)
    context = _frame(request, "people") | listing(request.GET, viewer, _language())
    context |= {"page_title": _("People"), "is_member": viewer.is_member, "robots": "noindex, follow"}
    return render(request, "profiles/people.html", context)


@require_safe
@FOR_ONE_REQUEST
def person_page(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 (the name in the address)
    """Show one person. Their own page they can see as others do, by `as`."""
    is_own = request.user.is_authenticated and request.user.uuid == id
    viewer = _as_asked(request, viewer_of(request.user)) if is_own else viewer_of(request.user)
    one = person(id, viewer, _language())
    if one is None:
        raise Http404
    context = _frame(request, "person", id) | {
        "person": one,
        "page_title": one.name,
        "is_own": is_own,
        "is_member": viewer.is_member,
        "shown_as": viewer.most if is_own else "",
        "relations": [] if not is_own else Relation.choices,
        "is_empty": not any((one.about, one.headline, one.place, one.languages, one.skills, one.sectors, one.website)),
        # Search engines are told of those who show their name to everybody, by nobody else.
        "is_hidden_from_search": not one.is_named or request.user.is_authenticated,
    }
    return render(request, "profiles/person.html", context)


def _as_asked(request: HttpRequest, viewer: Viewer) -> Viewer:
    wanted = request.GET.get("as", "")
    return viewer.seeing_as(Relation(wanted)) if wanted in Relation.values else viewer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@FOR_ONE_REQUEST
def edit_page(request: HttpRequest) -> HttpResponse:
    """Let somebody change their profile; what is wrong stands beside its field, and nothing is changed then."""
    profile = ensure_profile(user=request.user)
    is_sent = request.method == "POST"
    form = ProfileForm(profile, _language(), *((request.POST, request.FILES) if is_sent else ()))
    if is_sent and _is_good(request, form) and _save(request, form):
        messages.success(request, _("Your profile is saved."))
        return HttpResponseRedirect(reverse("my-profile"))
    # What was refused may have been written onto the objects at hand, and the page shows what is stored.
    profile.user.refresh_from_db()
    context = _frame(request, "my-profile") | {
        "form": form,
        "person": own(profile, _language()),
        "profile_url": reverse("person", args=[profile.pk]),
        "page_title": _("Your profile"),
        "is_hidden_from_search": True,
    }
    status = HTTPStatus.BAD_REQUEST if is_sent else HTTPStatus.OK
    return render(request, "profiles/edit.html", context, status=status)


def _is_good(request: HttpRequest, form: ProfileForm) -> bool:
    """Check the form; a picture too many is not even looked at."""
    is_too_much = bool(request.FILES) and has_sent_enough_pictures(request)
    if is_too_much:
        form.files = {}
        form.full_clean()
        form.add_error("avatar", _("That was a lot of pictures. Please try again in half an hour."))
    return form.is_valid()


def _save(request: HttpRequest, form: ProfileForm) -> bool:
    """Store all of it or nothing. Returns whether it was stored."""
    editor: Any = request.user
    picture = form.cleaned_data["avatar"]
    try:
        with transaction.atomic():
            edit_profile(editor=editor, profile=form.profile, changes=form.changes())
            if picture:
                set_avatar(editor=editor, profile=form.profile, file=picture)
            elif form.cleaned_data["remove_avatar"]:
                remove_avatar(editor=editor, profile=form.profile)
    except ValidationError as error:
        form.add_errors(error.message_dict)
        return False
    return True


def _language() -> str:
    return get_language() or ""


def _frame(request: HttpRequest, name: str, *arguments: Any) -> dict[str, Any]:
    """Return the context of the base template, with the same page in the other languages."""
    context = frame(request)
    links = []
    for link in context["language_links"]:
        with override(link["code"]):
            links.append(link | {"url": reverse(name, args=arguments)})
    return context | {"language_links": links}
