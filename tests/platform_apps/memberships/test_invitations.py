"""Invitations: for whom they are, how often they work, and when they stop."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.refusals import ConflictError
from cms.directory.enums import State
from cms.directory.models import Entry
from platform_apps.core.models import OutgoingMail
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import Invitation, Membership
from platform_apps.memberships.services import (
    accept_invitation,
    ban_member,
    change_role,
    invite_by_link,
    invite_by_mail,
    leave_entry,
    remove_member,
    revoke_invitation,
)
from platform_apps.memberships.services.inviting import MOST_MAILS_A_DAY
from platform_apps.memberships.tokens import invitation_id_of, token_of
from tests.factories.memberships import make_invitation, make_joinable, make_membership, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    return make_joinable(title="Heat for all")


@pytest.fixture
def admin(entry: Entry) -> Any:
    return make_membership(entry, role=Role.ADMIN).user


def test_a_link_works_as_often_as_it_says(entry: Entry, admin: Any) -> None:
    link = invite_by_link(actor=admin, entry=entry, max_uses=2)
    first, second, third = make_person(), make_person(), make_person()
    for person in (first, first, second):
        assert accept_invitation(user=person, invitation=link).standing == Standing.ACTIVE
    with pytest.raises(ConflictError):
        accept_invitation(user=third, invitation=link)
    link.refresh_from_db()
    entry.refresh_from_db()
    assert (link.used, entry.member_count) == (2, 3)


@pytest.mark.parametrize(
    "change",
    [{"expires_at": timezone.now() - timedelta(seconds=1)}, {"revoked_at": timezone.now()}, {"max_uses": 3, "used": 3}],
)
def test_what_is_over_lets_nobody_in(entry: Entry, admin: Any, change: dict[str, Any]) -> None:
    person = make_person()
    with pytest.raises(ConflictError):
        accept_invitation(user=person, invitation=make_invitation(entry, admin, **change))
    assert not Membership.objects.of(person).exists()


def test_a_mail_is_for_the_owner_of_its_address(entry: Entry, admin: Any) -> None:
    invited, other = make_person(), make_person()
    [invitation] = invite_by_mail(actor=admin, entry=entry, emails=[invited.email.upper()], role=Role.EDITOR)
    with pytest.raises(PermissionDenied):
        accept_invitation(user=other, invitation=invitation)
    # To claim an address is not to own it.
    EmailAddress.objects.filter(user=invited).update(verified=False)
    with pytest.raises(PermissionDenied):
        accept_invitation(user=invited, invitation=invitation)
    EmailAddress.objects.filter(user=invited).update(verified=True)
    assert accept_invitation(user=invited, invitation=invitation).role == Role.EDITOR


def test_it_is_used_once_and_not_again_after_leaving(entry: Entry, admin: Any) -> None:
    person = make_person()
    [invitation] = invite_by_mail(actor=admin, entry=entry, emails=[person.email])
    leave_entry(user=person, membership=accept_invitation(user=person, invitation=invitation))
    with pytest.raises(ConflictError):
        accept_invitation(user=person, invitation=invitation)


def test_who_was_sent_away_does_not_come_back_by_an_old_link(entry: Entry, admin: Any) -> None:
    person, link = make_person(), invite_by_link(actor=admin, entry=entry, max_uses=9)
    membership = accept_invitation(user=person, invitation=link)
    remove_member(actor=admin, membership=membership)
    with pytest.raises(PermissionDenied):
        accept_invitation(user=person, invitation=link)
    new = invite_by_link(actor=admin, entry=entry, max_uses=9)
    assert accept_invitation(user=person, invitation=new).is_active
    ban_member(actor=admin, membership=membership)
    with pytest.raises(PermissionDenied):
        accept_invitation(user=person, invitation=invite_by_link(actor=admin, entry=entry))


def test_an_invitation_ends_with_the_power_of_who_sent_it(entry: Entry, admin: Any) -> None:
    chief, link = make_membership(entry, role=Role.ADMIN).user, invite_by_link(actor=admin, entry=entry)
    change_role(actor=chief, membership=Membership.objects.get(user=admin), role=Role.MEMBER)
    with pytest.raises(PermissionDenied):
        accept_invitation(user=make_person(), invitation=link)
    admin.delete()
    with pytest.raises(PermissionDenied):
        accept_invitation(user=make_person(), invitation=Invitation.objects.get(pk=link.pk))


def test_nobody_comes_into_what_is_archived(entry: Entry, admin: Any) -> None:
    link = invite_by_link(actor=admin, entry=entry)
    Entry.objects.filter(pk=entry.pk).update(state=State.ARCHIVED)
    with pytest.raises(ConflictError):
        accept_invitation(user=make_person(), invitation=link)


def test_taken_back_it_stays_so(entry: Entry, admin: Any) -> None:
    link = invite_by_link(actor=admin, entry=entry)
    first = revoke_invitation(actor=admin, invitation=link).revoked_at
    assert revoke_invitation(actor=admin, invitation=link).revoked_at == first
    with pytest.raises(PermissionDenied):
        revoke_invitation(actor=make_person(), invitation=link)


def test_each_address_gets_one_mail_whoever_it_belongs_to(entry: Entry, admin: Any) -> None:
    known = make_person()
    for _time in range(2):
        made = invite_by_mail(
            actor=admin, entry=entry, emails=[known.email, "New@Example.org", "new@example.org "], message="Hello <b>"
        )
        assert {one.email for one in made} == {known.email, "new@example.org"}
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {known.email, "new@example.org"}
    assert {mail.subject for mail in mails.values()} == {f"{admin} invites you to “Heat for all”"}
    one = mails["new@example.org"]
    invitation = Invitation.objects.get(email="new@example.org")
    assert f"/invitations/{token_of(invitation.pk)}/" in one.text
    assert "Hello &lt;b&gt;" in one.html
    assert "your account" not in one.html


def test_too_many_at_once_and_too_many_a_day_are_refused(entry: Entry, admin: Any) -> None:
    for emails in ([], [f"p{number}@example.org" for number in range(51)]):
        with pytest.raises(ValidationError):
            invite_by_mail(actor=admin, entry=entry, emails=emails)
    later = timezone.now() + timedelta(days=1)
    Invitation.objects.bulk_create(
        Invitation(entry=entry, email=f"q{number}@example.org", invited_by=admin, expires_at=later)
        for number in range(MOST_MAILS_A_DAY)
    )
    with pytest.raises(ConflictError):
        invite_by_mail(actor=admin, entry=entry, emails=["r@example.org"])
    assert not OutgoingMail.objects.exists()


def test_a_link_makes_no_admin(entry: Entry, admin: Any) -> None:
    for wrong in ({"role": Role.ADMIN}, {"max_uses": 0}, {"max_uses": 1001}, {"days": 0}, {"days": 91}):
        with pytest.raises(ValidationError):
            invite_by_link(actor=admin, entry=entry, **wrong)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", [Role.MEMBER, Role.EDITOR])
def test_only_admins_invite(entry: Entry, who: Role) -> None:
    person = make_membership(entry, role=who).user
    with pytest.raises(PermissionDenied):
        invite_by_link(actor=person, entry=entry)
    with pytest.raises(PermissionDenied):
        invite_by_mail(actor=person, entry=entry, emails=["a@example.org"])


def test_tokens_cannot_be_made_up(entry: Entry, admin: Any) -> None:
    link = invite_by_link(actor=admin, entry=entry)
    token = token_of(link.pk)
    assert invitation_id_of(token) == link.pk
    for wrong in ("", str(link.pk), f"{link.pk}.x", f"{token}x", token.upper(), "x" * 9000, f"{link.pk}."):
        assert invitation_id_of(wrong) is None
