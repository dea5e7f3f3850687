"""What the endpoints share: finding what an address names, or answering 404 as for what is not there."""

from typing import Any

from django.contrib.auth import get_user_model
from rest_framework.exceptions import NotFound

from cms.core.api.pagination import PAGE_PARAMETERS, SortKey, read_time
from cms.core.api.parameters import LANG
from cms.directory.models import Entry
from platform_apps.core.api.views import MemberView
from platform_apps.memberships.models import Invitation, Membership
from platform_apps.memberships.permissions import can_manage_team, can_see_entry, can_see_membership

from .rows import COLUMNS, Reader, membership_rows

LIST_PARAMETERS = {**PAGE_PARAMETERS, "lang": LANG}
BY_CHANGE = SortKey("changed_at", read_time, is_descending=True)
LONGEST_WAIT = SortKey("asked_at", read_time)
NEWEST = SortKey("created_at", read_time, is_descending=True)


class TeamView(MemberView):
    """An endpoint about memberships, for people who are signed in."""

    @property
    def reader(self) -> Reader:
        return Reader(self.request.user, self.language, self.absolute)

    def entry(self, entry_id: Any) -> Entry:
        """Return an entry. Raises NotFound for those that the person may not know of."""
        entry = Entry.objects.filter(pk=entry_id).first()
        if entry is None or not can_see_entry(self.request.user, entry):
            raise NotFound
        return entry

    def membership(self, membership_id: Any) -> Membership:
        """Return a membership. Raises NotFound for those that are neither the person's own nor theirs to decide on."""
        membership = Membership.objects.select_related("user", "entry").filter(pk=membership_id).first()
        if membership is None or not can_see_membership(self.request.user, membership):
            raise NotFound
        return membership

    def invitation(self, invitation_id: Any) -> Invitation:
        """Return an invitation. Raises NotFound for those of entries where the person decides nothing."""
        invitation = Invitation.objects.filter(pk=invitation_id).first()
        if invitation is None or not can_manage_team(self.request.user, invitation.entry_id):
            raise NotFound
        return invitation

    def person(self, person_id: Any) -> Any:
        """Return a person by public id. Raises NotFound."""
        found = get_user_model()._default_manager.filter(uuid=person_id, is_active=True).first()
        if found is None:
            raise NotFound
        return found

    def told(self, membership: Membership) -> dict[str, Any]:
        """Return a membership as it is now."""
        return membership_rows(Membership.objects.filter(pk=membership.pk).values(*COLUMNS), self.reader)[0]
