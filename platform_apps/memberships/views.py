"""Pages of teams for everybody who looks at them, joins or leaves."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.refusals import ConflictError
from cms.directory.enums import State
from cms.directory.models import Entry

from . import services
from .doors import again, answer, checked, entry_or_404, page_context, pager, tells_refusals
from .enums import JoinPolicy, Standing
from .forms import OwnForm, RequestForm
from .models import Invitation, Membership, TeamSettings
from .permissions import can_join, can_manage_team, membership_of
from .rules import PAUSE, may_ask_again
from .selectors import PORTRAIT, portraits
from .tokens import SESSION_KEY, invitation_id_of

TEAM_SIZE = 48


@require_safe
def team(request: HttpRequest, id: Any) -> HttpResponse:  # noqa: A002 (the name in the address)
    """Show the whole team of a public entry, the same to everybody."""
    entry = Entry.objects.published().filter(pk=id).first()
    if entry is None:
        raise Http404
    listed = Membership.objects.in_entry(entry.pk).listed().order_by("sort_text", "pk")
    asked = request.GET.get("page", "1")
    pages = Paginator(listed.values(*PORTRAIT), TEAM_SIZE)
    page = pages.get_page(asked if asked.isascii() else 1)
    context = page_context(request, entry, _("Team"))
    context |= {"people": portraits(page.object_list), "pager": pager(page)}
    return render(request, "memberships/team.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def join(request: HttpRequest, id: Any) -> HttpResponse:  # noqa: A002 (the name in the address)
    """Show what a person is to an entry, and do what they can do about it: join, ask, take back, agree, leave."""
    entry = entry_or_404(request.user, id)
    membership = membership_of(request.user, entry.pk)
    settings = TeamSettings.of(entry)
    form = RequestForm(request.POST if _is(request, "join") else None, questions=settings.questions, label_suffix="")
    if request.method == "POST":
        if _is(request, "join"):
            if settings.policy == JoinPolicy.OPEN or form.is_valid():
                _join(request, entry, form)
                return again(request)
        elif membership is not None:
            _act(request, membership)
            return again(request)
        else:
            raise ConflictError(_("You do not belong to it any more."))
    context = page_context(request, entry, _("Join")) | _what_can_be_done(request, entry, membership)
    context |= {"form": form, "policy": settings.policy, "policies": JoinPolicy, "standings": Standing}
    return answer(request, "memberships/join.html", context, status=HTTPStatus.BAD_REQUEST if form.errors else 200)


def _is(request: HttpRequest, action: str) -> bool:
    return request.method == "POST" and request.POST.get("action") == action


def _join(request: HttpRequest, entry: Entry, form: RequestForm) -> None:
    said = {}
    if form.is_valid():
        names = ("message", "availability")
        said = {name: form.cleaned_data[name] for name in names} | {"answers": form.answers()}
    services.join_entry(user=request.user, entry=entry, **said)


def _act(request: HttpRequest, membership: Membership) -> None:
    """Do what a button says. Raises PermissionDenied for buttons that there are not."""
    user, action = request.user, request.POST.get("action")
    if action == "withdraw":
        services.withdraw_request(user=user, membership=membership)
    elif action in {"agree", "refuse"}:
        services.answer_consent(user=user, membership=membership, agrees=action == "agree")
    elif action == "leave":
        services.leave_entry(user=user, membership=membership)
    elif action == "change":
        said = checked(OwnForm(request.POST))
        services.change_details(actor=user, membership=membership, **said)
        messages.success(request, _("Saved."))
    else:
        raise PermissionDenied(_("There is no such button."))


def _what_can_be_done(request: HttpRequest, entry: Entry, membership: Membership | None) -> dict[str, Any]:
    standing = membership.standing if membership else ""
    asked_again = membership.decided_at + PAUSE if membership and membership.decided_at else None
    pauses = standing == Standing.DECLINED and asked_again and not may_ask_again(membership.decided_at, timezone.now())
    own = {"title": membership.title, "is_listed": membership.is_listed} if membership else {}
    return {
        "membership": membership,
        "can_join": entry.state == State.PUBLISHED and not pauses and can_join(request.user, entry),
        "can_ask_again_on": asked_again if pauses else None,
        "can_manage": can_manage_team(request.user, entry.pk),
        "own_form": OwnForm(initial=own, label_suffix=""),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, and accept it: at once by who is signed in, else after signing in or up.

    What names no invitation of ours, and one that is over, look the same.
    """
    found = Invitation.objects.select_related("entry", "invited_by").filter(pk=invitation_id_of(token)).first()
    if found is None or found.entry.state == State.ARCHIVED:
        raise Http404
    is_signed_in = request.user.is_authenticated
    membership = membership_of(request.user, found.entry_id)
    if request.method == "POST" and is_signed_in:
        services.accept_invitation(user=request.user, invitation=found)
        return HttpResponseRedirect(reverse("join-entry", args=[found.entry_id]))
    if request.method == "POST":
        request.session[SESSION_KEY] = token
        return HttpResponseRedirect(_way_in(request, wants_account=request.POST.get("action") == "sign-up"))
    if membership is not None and membership.is_active:
        return HttpResponseRedirect(reverse("join-entry", args=[found.entry_id]))
    if not found.is_open:
        raise Http404
    context = page_context(request, found.entry, _("Invitation"))
    context |= {
        "invitation": found,
        "is_signed_in": is_signed_in,
        "can_sign_up": get_adapter().is_open_for_signup(request),
    }
    return answer(request, "memberships/invitation.html", context)


def _way_in(request: HttpRequest, *, wants_account: bool) -> str:
    """Return where to sign in or up, and from there back to the invitation."""
    door = reverse("account_signup" if wants_account else "account_login")
    return f"{door}?{urlencode({'next': request.path})}"
