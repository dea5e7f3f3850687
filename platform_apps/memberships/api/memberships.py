"""One's own memberships, and what happens with one."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from cms.core.api.parameters import Choice
from cms.core.api.serializers import page_of
from platform_apps.core.api.views import Operation
from platform_apps.memberships import services
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import Invitation, Membership
from platform_apps.memberships.selectors import own_memberships
from platform_apps.memberships.tokens import invitation_id_of

from .base import BY_CHANGE, LIST_PARAMETERS, TeamView
from .rows import COLUMNS, membership_rows
from .serializers import (
    AcceptanceInput,
    ConsentInput,
    JoinInput,
    MembershipInput,
    MembershipSerializer,
    ReasonInput,
)

CREATED = HTTPStatus.CREATED


class MembershipListView(TeamView):
    """What a person belongs to."""

    tag = "memberships"
    is_list = True
    parameters = {**LIST_PARAMETERS, "standing": Choice("How one stands to the entry.", choices=tuple(Standing.values))}
    operations = {
        "get": Operation(
            "memberships_list",
            "Lists one's own memberships, requests and offers, the latest change first.",
            answer=page_of(MembershipSerializer),
        ),
        "post": Operation(
            "memberships_join",
            "Joins an entry, or asks to: that is its policy's choice. Done already, it changes nothing.",
            input=JoinInput,
            answer=MembershipSerializer,
            status=CREATED,
        ),
    }

    def do_get(self) -> Any:
        standings = [Standing(self.values["standing"])] if "standing" in self.values else Standing
        own = own_memberships(self.request.user, *standings).order_by()
        page = self.page(own.values(*COLUMNS), BY_CHANGE)
        return self.envelope(page, membership_rows(page.rows, self.reader), BY_CHANGE)

    def do_post(self) -> Any:
        said = dict(self.input)
        entry = self.entry(said.pop("entry"))
        return self.told(services.join_entry(user=self.request.user, entry=entry, **said))


class MembershipDetailView(TeamView):
    """One membership."""

    tag = "memberships"
    operations = {
        "get": Operation(
            "memberships_detail", "Shows one's own membership, or one to decide on.", answer=MembershipSerializer
        ),
        "patch": Operation(
            "memberships_change",
            "Changes what the team's list says of a member, or their role. Nobody raises themselves.",
            input=MembershipInput,
            answer=MembershipSerializer,
        ),
    }

    def do_get(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        return self.told(self.membership(id))

    def do_patch(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        membership, said, actor = self.membership(id), dict(self.input), self.request.user
        role = said.pop("role", None)
        if said:
            services.change_details(actor=actor, membership=membership, **said)
        if role is not None:
            services.change_role(actor=actor, membership=membership, role=Role(role))
        return self.told(membership)


class ActionView(TeamView):
    """Something that happens with one membership. Subclasses say what; POST does it."""

    tag = "memberships"

    def act(self, membership: Membership) -> Membership:
        """Do it. Returns the membership that the answer shows."""
        raise NotImplementedError

    def do_post(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        return self.told(self.act(self.membership(id)))


def acting(name: str, about: str, input: Any = None) -> dict[str, Operation]:  # noqa: A002 (as Operation says it)
    """Return the declaration of an action."""
    return {"post": Operation(f"memberships_{name}", about, input=input, answer=MembershipSerializer)}


class ApprovalView(ActionView):
    operations = acting("approve", "Lets in somebody who has asked. For admins.")

    def act(self, membership: Membership) -> Membership:
        return services.approve_request(actor=self.request.user, membership=membership)


class RefusalView(ActionView):
    operations = acting("decline", "Declines somebody who has asked, and says why. For admins.", ReasonInput)

    def act(self, membership: Membership) -> Membership:
        return services.decline_request(actor=self.request.user, membership=membership, **self.input)


class WithdrawalView(ActionView):
    operations = acting("withdraw", "Takes one's own request back.")

    def act(self, membership: Membership) -> Membership:
        return services.withdraw_request(user=self.request.user, membership=membership)


class ConsentView(ActionView):
    operations = acting("consent", "Agrees to have been added by others, or not.", ConsentInput)

    def act(self, membership: Membership) -> Membership:
        return services.answer_consent(user=self.request.user, membership=membership, **self.input)


class DepartureView(ActionView):
    operations = acting("leave", "Leaves an entry. Its last admin hands over first.")

    def act(self, membership: Membership) -> Membership:
        return services.leave_entry(user=self.request.user, membership=membership)


class RemovalView(ActionView):
    operations = acting("remove", "Takes somebody out, or takes back the question whether they want in.", ReasonInput)

    def act(self, membership: Membership) -> Membership:
        return services.remove_member(actor=self.request.user, membership=membership, **self.input)


class BanView(ActionView):
    operations = {
        **acting("ban", "Closes the entry to somebody until the ban is lifted. For admins.", ReasonInput),
        "delete": Operation(
            "memberships_unban", "Lifts a ban; the person is no member by it.", status=HTTPStatus.NO_CONTENT
        ),
    }

    def act(self, membership: Membership) -> Membership:
        return services.ban_member(actor=self.request.user, membership=membership, **self.input)

    def do_delete(self, id: Any) -> None:  # noqa: A002 (the name in the address)
        services.unban_member(actor=self.request.user, membership=self.membership(id))


class HandoverView(ActionView):
    operations = acting("hand_over", "Makes this member admin in one's own place. The answer is one's own membership.")

    def act(self, membership: Membership) -> Membership:
        return services.hand_over(actor=self.request.user, membership=membership)


class AcceptanceView(TeamView):
    """Joining by an invitation."""

    tag = "invitations"
    operations = {
        "post": Operation(
            "invitations_accept",
            "Joins an entry by an invitation.",
            input=AcceptanceInput,
            answer=MembershipSerializer,
            status=CREATED,
        ),
    }

    def do_post(self) -> Any:
        found = Invitation.objects.filter(pk=invitation_id_of(self.input["token"])).first()
        if found is None:
            raise ValidationError({"token": [_("There is no such invitation.")]})
        return self.told(services.accept_invitation(user=self.request.user, invitation=found))
