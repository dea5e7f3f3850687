"""How people come in and go by themselves: join, ask, take back, agree, leave."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core.refusals import ConflictError, NotAllowedError, require
from cms.directory.models import Entry
from platform_apps.memberships import events, mails, permissions
from platform_apps.memberships.enums import JoinPolicy, Role, Standing
from platform_apps.memberships.models import LINE_LENGTH, TEXT_LENGTH, Membership, TeamSettings
from platform_apps.memberships.rules import NO_PLACE, PAUSE, may_ask_again

from .team import activate, alone_in, as_it_is, end, require_another_admin, tell

# What a second click finds done already.
SETTLED = (Standing.ACTIVE, Standing.REQUESTED)


def join_entry(
    *, user: Any, entry: Entry, message: str = "", availability: str = "", answers: Mapping[str, str] | None = None
) -> Membership:
    """Join an entry that is open, or ask to join it. Done already, it changes nothing.

    Who was added by others agrees by it. Raises NotAllowedError for who is banned or needs an invitation, ConflictError
    for who was declined less than thirty days ago, ValidationError for questions left open.
    """
    with alone_in(entry.pk) as entry:  # noqa: PLR1704 (the same entry, held)
        require(permissions.can_join(user, entry), _("You cannot join here."))
        membership = permissions.membership_of(user, entry.pk) or Membership(user=user, entry=entry)
        if membership.standing in SETTLED:
            return membership
        if membership.standing == Standing.ASKED:
            return _agree(membership, user)
        settings = TeamSettings.of(entry)
        require(settings.policy != JoinPolicy.INVITATION, _("People come in here by invitation."))
        _require_pause(membership)
        # Who was removed does not walk in again where others may.
        if settings.policy == JoinPolicy.OPEN and membership.standing != Standing.REMOVED:
            return activate(_anew(membership), actor=user, role=Role.MEMBER)
        membership = _anew(membership)
        membership.message, membership.availability = message[:TEXT_LENGTH], availability[:LINE_LENGTH]
        membership.answers = _answered(settings.questions, answers or {})
        return _ask(membership, user)


def _anew(membership: Membership) -> Membership:
    """Return the membership without what an earlier time has left on it."""
    membership.message, membership.availability, membership.reason, membership.answers = "", "", "", []
    membership.title, membership.position, membership.role = "", NO_PLACE, Role.MEMBER
    membership.asked_by = membership.decided_by = membership.decided_at = None
    membership.asked_at = timezone.now()
    return membership


def _require_pause(membership: Membership) -> None:
    declined_at = membership.decided_at if membership.standing == Standing.DECLINED else None
    if declined_at and not may_ask_again(declined_at, timezone.now()):
        day = date_format(timezone.localdate(declined_at + PAUSE), "DATE_FORMAT")
        raise ConflictError(_("You were declined lately. You can ask again on %(day)s.") % {"day": day})


def _answered(questions: list[dict[str, Any]], answers: Mapping[str, str]) -> list[dict[str, str]]:
    missing = [one for one in questions if one["is_required"] and not answers.get(one["id"], "").strip()]
    if missing:
        raise ValidationError({"answers": [_("Please answer: %(question)s") % {"question": missing[0]["text"]}]})
    if set(answers) - {one["id"] for one in questions}:
        raise ValidationError({"answers": [_("There is no such question.")]})
    return [
        {"question": one["text"], "answer": answers[one["id"]].strip()[:TEXT_LENGTH]}
        for one in questions
        if answers.get(one["id"], "").strip()
    ]


def _ask(membership: Membership, user: Any) -> Membership:
    membership.standing = Standing.REQUESTED
    membership.save()
    mails.tell_admins_of_request(membership)
    tell(events.request_made, membership, user)
    return membership


def withdraw_request(*, user: Any, membership: Membership) -> Membership:
    """Take one's own request back. Taken back already, it changes nothing."""
    require(permissions.is_person(user) and membership.user_id == user.pk)
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        if membership.standing == Standing.WITHDRAWN:
            return membership
        if membership.standing != Standing.REQUESTED:
            raise ConflictError(_("This request has been decided meanwhile."))
        membership.standing, membership.decided_at = Standing.WITHDRAWN, timezone.now()
        membership.save()
        tell(events.request_withdrawn, membership, user)
        return membership


def add_person(*, actor: Any, entry: Entry, user: Any, role: Role = Role.MEMBER, message: str = "") -> Membership:
    """Ask a person whether they want to belong to an entry; who has asked for it themselves is in at once.

    Raises NotAllowedError unless the actor is admin there, ConflictError for who is banned or has said no lately.
    """
    with alone_in(entry.pk) as entry:  # noqa: PLR1704 (the same entry, held)
        require(permissions.can_manage_team(actor, entry.pk) and user.pk != actor.pk)
        membership = permissions.membership_of(user, entry.pk) or Membership(user=user, entry=entry)
        if membership.standing in {Standing.ACTIVE, Standing.ASKED}:
            return membership
        if membership.standing == Standing.REQUESTED:
            membership.decided_by, membership.decided_at = actor, timezone.now()
            mails.tell_approved(membership)
            return activate(membership, actor=actor, role=role)
        _require_willing(membership)
        membership = _anew(membership)
        membership.standing, membership.role, membership.message = Standing.ASKED, role, message[:TEXT_LENGTH]
        membership.asked_by = actor
        membership.save()
        mails.ask_for_consent(membership)
        tell(events.consent_asked, membership, actor)
        return membership


def _require_willing(membership: Membership) -> None:
    if membership.standing == Standing.BANNED:
        raise ConflictError(_("This person is banned here. Lift the ban first."))
    if not permissions.is_person(membership.user):
        raise ConflictError(_("This account is closed."))
    if membership.standing == Standing.REFUSED and not may_ask_again(membership.decided_at, timezone.now()):
        raise ConflictError(_("This person said no lately. They can still ask to join themselves."))


def answer_consent(*, user: Any, membership: Membership, agrees: bool) -> Membership:
    """Agree to have been added to an entry, or not. Nobody belongs to anything without having agreed."""
    require(permissions.is_person(user) and membership.user_id == user.pk)
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        if membership.standing == (Standing.ACTIVE if agrees else Standing.REFUSED):
            return membership
        if membership.standing != Standing.ASKED:
            raise ConflictError(_("Nobody is asking for this any more."))
        if agrees:
            return _agree(membership, user)
        end(membership, Standing.REFUSED, actor=user)
        tell(events.consent_refused, membership, user)
        return membership


def _agree(membership: Membership, user: Any) -> Membership:
    """A role is worth what the person who offered it may still give."""
    if not permissions.can_manage_team(membership.asked_by, membership.entry_id):
        raise NotAllowedError(_("Whoever asked you is not admin here any more."))
    membership.decided_by, membership.decided_at = user, timezone.now()
    return activate(membership, actor=user, role=membership.role)


def leave_entry(*, user: Any, membership: Membership) -> Membership:
    """Leave an entry. Raises ConflictError for its last admin, who hands over first."""
    require(permissions.is_person(user) and membership.user_id == user.pk)
    with alone_in(membership.entry_id):
        membership = as_it_is(membership)
        if membership.standing == Standing.LEFT:
            return membership
        if not membership.is_active:
            raise ConflictError(_("You do not belong to it any more."))
        # Nobody leaves an entry behind without an admin, whatever else they run.
        require_another_admin(membership, None)
        end(membership, Standing.LEFT, actor=user)
        tell(events.member_left, membership, user)
        return membership
