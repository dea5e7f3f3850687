"""Pages on which admins run a team: requests, members, invitations, how people come in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.refusals import require
from cms.directory.models import Entry
from platform_apps.profiles.cards import person_cards

from . import services
from .doors import again, answer, checked, entry_or_404, listing, page_context, tells_refusals
from .enums import FORMER_STANDINGS, Role, Standing
from .forms import LinkForm, MailForm, MemberForm, ReasonForm, SettingsForm, chosen_id
from .models import Invitation, Membership, TeamSettings
from .permissions import can_manage_team
from .rules import NO_PLACE
from .tokens import token_of

Page = Callable[[HttpRequest, Entry], HttpResponse]
METHODS = ["GET", "HEAD", "POST"]
# What the members' page can show besides members.
OTHERS = {
    "asked": (Standing.ASKED,),
    "former": FORMER_STANDINGS,
    "banned": (Standing.BANNED,),
}


def for_admins(page: Page) -> Any:
    """Open a page to the admins of an entry only. Others learn no more than that it is not for them."""

    @login_required
    @require_http_methods(METHODS)
    @tells_refusals
    def opened(request: HttpRequest, id: Any) -> HttpResponse:  # noqa: A002 (the name in the address)
        entry = entry_or_404(request.user, id)
        require(can_manage_team(request.user, entry.pk))
        return page(request, entry)

    return opened


def _frame(request: HttpRequest, entry: Entry, title: str) -> dict[str, Any]:
    context = page_context(request, entry, title)
    tabs = (
        ("team-requests", _("Requests")), ("team-members", _("Members")), ("team-invitations", _("Invitations")),
        ("team-settings", _("How people join")),
    )  # fmt: skip
    context["tabs"] = [
        {"url": reverse(name, args=[entry.pk]), "label": label, "is_current": request.resolver_match.view_name == name}
        for name, label in tabs
    ]
    return context


def _with_people(request: HttpRequest, rows: list[Membership]) -> list[dict[str, Any]]:
    """Return memberships with the cards of their people, who are nobody's secret to those who decide on them."""
    cards = person_cards([row.user_id for row in rows], request.user)
    return [{"membership": row, "person": cards.get(row.user_id)} for row in rows]


def _membership(request: HttpRequest, entry: Entry) -> Membership:
    """Return the membership that a button names. Raises Http404 for those of other entries."""
    found = Membership.objects.select_related("user", "entry").filter(
        pk=chosen_id(request.POST.get("membership")), entry=entry
    )
    membership = found.first()
    if membership is None:
        raise Http404
    return membership


@for_admins
def requests(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Show who wants to join, the longest waiting first, and decide."""
    if request.method == "POST":
        _decide(request, _membership(request, entry))
        return again(request)
    waiting = Membership.objects.in_entry(entry.pk).requested().order_by("asked_at", "pk")
    found = listing(request, waiting)
    context = _frame(request, entry, _("Requests")) | found | {"people": _with_people(request, found["rows"])}
    return answer(request, "memberships/requests.html", context)


def _decide(request: HttpRequest, membership: Membership) -> None:
    action = request.POST.get("action")
    if action == "approve":
        services.approve_request(actor=request.user, membership=membership)
        messages.success(request, _("Approved."))
    elif action == "decline":
        reason = checked(ReasonForm(request.POST))["reason"]
        services.decline_request(actor=request.user, membership=membership, reason=reason)
        messages.success(request, _("Declined."))
    else:
        raise PermissionDenied(_("There is no such button."))


@for_admins
def members(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Show who belongs to the entry, and change roles, titles and places, or part with somebody."""
    if request.method == "POST":
        _change_member(request, _membership(request, entry))
        messages.success(request, _("Saved."))
        return again(request)
    shown = request.GET.get("show", "")
    rows = Membership.objects.in_entry(entry.pk)
    rows = rows.filter(standing__in=OTHERS[shown]) if shown in OTHERS else rows.active()
    found = listing(request, rows.order_by("sort_text", "pk"))
    people = _with_people(request, found["rows"])
    for row in people:
        row["form"] = MemberForm.of(row["membership"])
    context = _frame(request, entry, _("Members")) | found
    context |= {"people": people, "shown": shown if shown in OTHERS else "", "own_id": request.user.pk}
    return answer(request, "memberships/members.html", context)


def _change_member(request: HttpRequest, membership: Membership) -> None:
    """Do what a button says. Raises PermissionDenied for buttons that there are not."""
    action, actor = request.POST.get("action"), request.user
    ends = {"remove": services.remove_member, "ban": services.ban_member}
    plain = {"unban": services.unban_member, "hand-over": services.hand_over}
    if action == "change":
        _change_details(request, membership)
    elif action in ends:
        reason = checked(ReasonForm(request.POST))["reason"]
        ends[action](actor=actor, membership=membership, reason=reason)
    elif action in plain:
        plain[action](actor=actor, membership=membership)
    else:
        raise PermissionDenied(_("There is no such button."))


def _change_details(request: HttpRequest, membership: Membership) -> None:
    said = checked(MemberForm(request.POST, prefix=membership.pk.hex))
    actor = request.user
    with transaction.atomic():
        services.change_details(actor=actor, membership=membership, title=said["title"])
        services.change_role(actor=actor, membership=membership, role=Role(said["role"]))
        _put_at(actor, membership, said["place"])


def _put_at(actor: Any, membership: Membership, place: int | None) -> None:
    """Put a member at a place of the team's order, the others moving up."""
    placed = Membership.objects.in_entry(membership.entry_id).active().filter(position__lt=NO_PLACE)
    order = list(placed.exclude(pk=membership.pk).order_by("position").values_list("pk", flat=True))
    was = membership.position + 1 if membership.position < NO_PLACE else None
    if place == was:
        return
    if place is not None:
        order.insert(place - 1, membership.pk)
    services.order_team(actor=actor, entry=membership.entry, membership_ids=order)


@for_admins
def invitations(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Show what invitations are out, make links, write to addresses, take back."""
    action = request.POST.get("action") if request.method == "POST" else ""
    link_form = LinkForm(request.POST if action == "link" else None, label_suffix="")
    mail_form = MailForm(request.POST if action == "mail" else None, label_suffix="")
    if action and _invite(request, entry, link_form, mail_form):
        return again(request)
    rows = Invitation.objects.open_at(timezone.now()).filter(entry=entry).order_by("-created_at", "pk")
    found = listing(request, rows)
    for row in found["rows"]:
        row.address = request.build_absolute_uri(reverse("invitation", args=[token_of(row.pk)]))
    context = _frame(request, entry, _("Invitations")) | found | {"link_form": link_form, "mail_form": mail_form}
    is_wrong = link_form.errors or mail_form.errors
    return answer(
        request, "memberships/invitations.html", context, status=HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    )


def _invite(request: HttpRequest, entry: Entry, link_form: LinkForm, mail_form: MailForm) -> bool:
    """Do what a button says. Returns whether it was done; else a form has its complaints."""
    action, actor = request.POST.get("action"), request.user
    if action == "link" and link_form.is_valid():
        services.invite_by_link(actor=actor, entry=entry, **link_form.cleaned_data)
        messages.success(request, _("The link is made. Copy it from the list."))
    elif action == "mail" and mail_form.is_valid():
        said = mail_form.cleaned_data
        role, message = Role(said["mail_role"]), said["message"]
        services.invite_by_mail(actor=actor, entry=entry, emails=said["emails"], role=role, message=message)
        messages.success(request, _("The invitations are on their way."))
    elif action == "revoke":
        found = Invitation.objects.filter(pk=chosen_id(request.POST.get("invitation")), entry=entry).first()
        if found is None:
            raise Http404
        services.revoke_invitation(actor=actor, invitation=found)
    elif action not in {"link", "mail"}:
        raise PermissionDenied(_("There is no such button."))
    else:
        return False
    return True


@for_admins
def settings(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Show and change how people come in, and what they are asked."""
    known = TeamSettings.of(entry)
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        questions=known.questions,
        initial={"policy": known.policy},
        label_suffix="",
    )
    if request.method == "POST" and form.is_valid():
        services.change_settings(
            actor=request.user, entry=entry, policy=form.cleaned_data["policy"], questions=form.questions()
        )
        messages.success(request, _("Saved."))
        return again(request)
    context = _frame(request, entry, _("How people join")) | {"form": form}
    return answer(
        request, "memberships/settings.html", context, status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    )
