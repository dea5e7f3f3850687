"""The team of an entry: as everybody sees it, and as its admins run it."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cms.core.api.pagination import SortKey
from cms.core.api.serializers import page_of
from cms.core.api.views import PagedView, found
from cms.core.refusals import require
from cms.directory.models import Entry
from platform_apps.core.api.views import Operation
from platform_apps.memberships import services
from platform_apps.memberships.enums import JoinPolicy, Role
from platform_apps.memberships.models import Invitation, Membership, TeamSettings
from platform_apps.memberships.permissions import can_manage_team

from .base import LIST_PARAMETERS, LONGEST_WAIT, NEWEST, TeamView
from .memberships import CREATED
from .rows import COLUMNS, TEAM_COLUMNS, Reader, invitation_row, membership_rows, team_rows
from .serializers import (
    AdditionInput,
    InvitationInput,
    InvitationSerializer,
    InvitationsSerializer,
    MembershipSerializer,
    OrderInput,
    TeamMemberSerializer,
    TeamSettingsInput,
    TeamSettingsSerializer,
)

DONE = HTTPStatus.NO_CONTENT
TEAM_ORDER = SortKey("sort_text", str)


class TeamMembersView(PagedView):
    """Who stands in the team of a public entry, in the team's own order; the same for everybody."""

    tag = "teams"
    row_serializer = TeamMemberSerializer

    @classmethod
    def operation(cls) -> str:
        return "members"

    def read(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        entry = found(Entry.objects.published().filter(pk=id).first())
        page = self.page(Membership.objects.in_entry(entry.pk).listed().values(*TEAM_COLUMNS), TEAM_ORDER)
        reader = Reader(AnonymousUser(), self.language, self.absolute)
        return self.envelope(page, team_rows(page.rows, reader), TEAM_ORDER)


class RequestListView(TeamView):
    """Who wants to join."""

    tag = "teams"
    is_list = True
    parameters = LIST_PARAMETERS
    operations = {
        "get": Operation(
            "teams_requests",
            "Lists who wants to join, the longest waiting first. For admins.",
            answer=page_of(MembershipSerializer),
        )
    }

    def do_get(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        entry = self.entry(id)
        require(can_manage_team(self.request.user, entry.pk))
        page = self.page(Membership.objects.in_entry(entry.pk).requested().values(*COLUMNS), LONGEST_WAIT)
        return self.envelope(page, membership_rows(page.rows, self.reader), LONGEST_WAIT)


class TeamSettingsView(TeamView):
    """How people come in."""

    tag = "teams"
    operations = {
        "get": Operation(
            "teams_settings", "Shows how people come in, and what they are asked.", answer=TeamSettingsSerializer
        ),
        "put": Operation(
            "teams_change_settings",
            "Says how people come in, and what they are asked. For admins.",
            input=TeamSettingsInput,
            answer=TeamSettingsSerializer,
        ),
    }

    def do_get(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        return _told(TeamSettings.of(self.entry(id)))

    def do_put(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        policy = JoinPolicy(self.input["policy"])
        questions = self.input["questions"]
        return _told(
            services.change_settings(actor=self.request.user, entry=self.entry(id), policy=policy, questions=questions)
        )


def _told(settings: TeamSettings) -> dict[str, Any]:
    return {"policy": settings.policy, "questions": settings.questions}


class TeamOrderView(TeamView):
    """The order that a team gives itself."""

    tag = "teams"
    operations = {
        "put": Operation(
            "teams_order",
            "Puts members first, in this order; the others follow, admins first. For admins.",
            input=OrderInput,
            status=DONE,
        )
    }

    def do_put(self, id: Any) -> None:  # noqa: A002 (the name in the address)
        services.order_team(actor=self.request.user, entry=self.entry(id), membership_ids=self.input["members"])


class AdditionView(TeamView):
    """Adding people, who are asked first."""

    tag = "teams"
    operations = {
        "post": Operation(
            "teams_add",
            "Asks a person whether they want to belong to the entry; they do only when they agree. For admins.",
            input=AdditionInput,
            answer=MembershipSerializer,
            status=CREATED,
        )
    }

    def do_post(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        entry, said = self.entry(id), dict(self.input)
        require(can_manage_team(self.request.user, entry.pk))
        person, role = self.person(said.pop("person")), Role(said.pop("role", Role.MEMBER))
        return self.told(services.add_person(actor=self.request.user, entry=entry, user=person, role=role, **said))


class InvitationListView(TeamView):
    """Invitations into an entry."""

    tag = "invitations"
    is_list = True
    parameters = LIST_PARAMETERS
    operations = {
        "get": Operation(
            "invitations_list",
            "Lists the invitations that can still be accepted, the newest first. For admins.",
            answer=page_of(InvitationSerializer),
        ),
        "post": Operation(
            "invitations_send",
            "Sends invitations to addresses, or makes a link. For admins.",
            input=InvitationInput,
            answer=InvitationsSerializer,
            status=CREATED,
        ),
    }

    def do_get(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        entry = self.entry(id)
        require(can_manage_team(self.request.user, entry.pk))
        rows = Invitation.objects.open_at(timezone.now()).filter(entry=entry).values()
        page = self.page(rows, NEWEST)
        return self.envelope(page, [invitation_row(Invitation(**row), self.reader) for row in page.rows], NEWEST)

    def do_post(self, id: Any) -> Any:  # noqa: A002 (the name in the address)
        said = {"actor": self.request.user, "entry": self.entry(id), **self.input}
        said["role"] = Role(said.get("role", Role.MEMBER))
        made = services.invite_by_mail(**said) if "emails" in said else [services.invite_by_link(**said)]
        return {"results": [invitation_row(one, self.reader) for one in made]}


class InvitationDetailView(TeamView):
    """One invitation."""

    tag = "invitations"
    operations = {"delete": Operation("invitations_revoke", "Takes an invitation back. For admins.", status=DONE)}

    def do_delete(self, id: Any) -> None:  # noqa: A002 (the name in the address)
        services.revoke_invitation(actor=self.request.user, invitation=self.invitation(id))


class VerificationView(TeamView):
    """Whether an organization is what it says it is."""

    tag = "teams"
    operations = {
        "put": Operation("teams_verify", "Says that an organization is who it says. For moderators.", status=DONE),
        "delete": Operation("teams_unverify", "Takes that back. For moderators.", status=DONE),
    }

    def do_put(self, id: Any) -> None:  # noqa: A002 (the name in the address)
        services.verify_organization(actor=self.request.user, entry=self.entry(id))

    def do_delete(self, id: Any) -> None:  # noqa: A002 (the name in the address)
        services.verify_organization(actor=self.request.user, entry=self.entry(id), is_verified=False)
