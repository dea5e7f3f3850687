"""Invitations: to one address by mail, or to whoever has a link; used up one by one, over in time, taken back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.refusals import ConflictError, require
from cms.directory.enums import State
from cms.directory.models import Entry
from platform_apps.memberships import events, mails, permissions
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import MOST_USES, TEXT_LENGTH, Invitation, Membership
from platform_apps.memberships.rules import INVITATION_DAYS

from .team import activate, alone_in

MOST_ADDRESSES = 50
MOST_MAILS_A_DAY = 200
LONGEST_DAYS = 90


def invite_by_link(
    *, actor: Any, entry: Entry, role: Role = Role.MEMBER, max_uses: int = 1, days: int = INVITATION_DAYS
) -> Invitation:
    """Make a link by which a number of people can join. Its address comes from `tokens.token_of`.

    A link can be passed on, so the role of an admin is nothing for it.
    """
    require(permissions.can_manage_team(actor, entry.pk))
    if role == Role.ADMIN:
        raise ValidationError({"role": [_("Links can be passed on. Invite an admin by mail.")]})
    if not (1 <= max_uses <= MOST_USES and 1 <= days <= LONGEST_DAYS):
        raise ValidationError({"max_uses": [_("Up to 1,000 people in up to 90 days.")]})
    return Invitation.objects.create(
        entry=entry, role=role, max_uses=max_uses, invited_by=actor, expires_at=timezone.now() + timedelta(days=days)
    )


def invite_by_mail(
    *, actor: Any, entry: Entry, emails: Sequence[str], role: Role = Role.MEMBER, message: str = ""
) -> list[Invitation]:
    """Send each address an invitation of its own. Who already has an open one gets no second mail.

    Whether an address belongs to an account makes no difference, so nobody can find out by it.
    """
    addresses = list(dict.fromkeys(email.strip().lower() for email in emails))
    if not 1 <= len(addresses) <= MOST_ADDRESSES:
        raise ValidationError({"emails": [_("One to fifty addresses.")]})
    with alone_in(entry.pk):
        require(permissions.can_manage_team(actor, entry.pk))
        _require_patience(actor, len(addresses))
        open_ones = Invitation.objects.open_at(timezone.now()).filter(entry=entry, email__in=addresses)
        known = {invitation.email: invitation for invitation in open_ones}
        made = [_invite(actor, entry, email, role, message) for email in addresses if email not in known]
        return [*known.values(), *made]


def _require_patience(actor: Any, number: int) -> None:
    """Raise ConflictError when somebody sends more mails than a person would."""
    since = timezone.now() - timedelta(days=1)
    sent = Invitation.objects.filter(invited_by=actor, created_at__gt=since).exclude(email="").count()
    if sent + number > MOST_MAILS_A_DAY:
        raise ConflictError(_("That is a lot of invitations for one day. Please go on tomorrow, or share a link."))


def _invite(actor: Any, entry: Entry, email: str, role: Role, message: str) -> Invitation:
    invitation = Invitation.objects.create(
        entry=entry,
        role=role,
        email=email,
        message=message[:TEXT_LENGTH],
        invited_by=actor,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    mails.send_invitation(invitation)
    transaction.on_commit(lambda: events.invitation_sent.send(sender=Invitation, invitation=invitation, actor=actor))
    return invitation


def revoke_invitation(*, actor: Any, invitation: Invitation) -> Invitation:
    """Take an invitation back. Who has used it stays."""
    require(permissions.can_manage_team(actor, invitation.entry_id))
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now()):
        transaction.on_commit(
            lambda: events.invitation_revoked.send(sender=Invitation, invitation=invitation, actor=actor)
        )
    invitation.refresh_from_db()
    return invitation


def accept_invitation(*, user: Any, invitation: Invitation) -> Membership:
    """Join by an invitation. Raises ConflictError when it is used up, over or taken back, NotAllowedError for others.

    Who belongs to the entry already uses nothing up. A mail's invitation is for the owner of its address only.
    """
    with alone_in(invitation.entry_id) as entry:
        require(permissions.is_person(user) and _is_for(user, invitation), _("This invitation is for somebody else."))
        require(permissions.can_manage_team(invitation.invited_by, entry.pk), _("This invitation holds no more."))
        membership = permissions.membership_of(user, entry.pk) or Membership(user=user, entry=entry)
        require(membership.standing != Standing.BANNED, _("You cannot join here."))
        if entry.state == State.ARCHIVED:
            raise ConflictError(_("This page is not public any more."))
        if membership.is_active:
            return membership
        require(not _is_older_than_no(invitation, membership), _("You cannot join here."))
        _use(invitation)
        return activate(membership, actor=user, role=invitation.role)


def _is_for(user: Any, invitation: Invitation) -> bool:
    if not invitation.email:
        return True
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=invitation.email).exists()


def _is_older_than_no(invitation: Invitation, membership: Membership) -> bool:
    """Who was sent away does not come back by a link that lies around; by a new one they may."""
    if membership.standing not in {Standing.REMOVED, Standing.DECLINED} or membership.decided_at is None:
        return False
    return invitation.created_at <= membership.decided_at


def _use(invitation: Invitation) -> None:
    """Take one use, in one statement: of two who want the last one, one gets it."""
    if not Invitation.objects.open_at(timezone.now()).filter(pk=invitation.pk).update(used=F("used") + 1):
        raise ConflictError(_("This invitation is used up, over or was taken back."))
