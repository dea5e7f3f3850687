import uuid
from typing import Any

from django.db.models import F, QuerySet

from cms.directory.enums import State

from .enums import Role, Standing


class MembershipQuerySet(QuerySet):
    """Named reads of memberships."""

    def of(self, user: Any) -> "MembershipQuerySet":
        return self.filter(user=user.pk)

    def in_entry(self, *entry_ids: uuid.UUID) -> "MembershipQuerySet":
        return self.filter(entry__in=entry_ids)

    def active(self) -> "MembershipQuerySet":
        """Who belongs to an entry now."""
        return self.filter(standing=Standing.ACTIVE)

    def admins(self) -> "MembershipQuerySet":
        """Who can decide for an entry: active admins whose account is open."""
        return self.active().filter(role=Role.ADMIN, user__is_active=True)

    def listed(self) -> "MembershipQuerySet":
        """Members whom everybody may see, of entries that everybody may see."""
        return self.active().filter(is_listed=True, user__is_active=True, entry__state=State.PUBLISHED)

    def requested(self) -> "MembershipQuerySet":
        return self.filter(standing=Standing.REQUESTED)


class InvitationQuerySet(QuerySet):
    """Named reads of invitations."""

    def open_at(self, moment: Any) -> "InvitationQuerySet":
        """Invitations that somebody could still accept."""
        return self.filter(revoked_at=None, expires_at__gt=moment, used__lt=F("max_uses"))
