"""Coming in and going: every way there is, and what stands in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.refusals import ConflictError
from cms.directory.enums import Kind, State
from cms.directory.models import Entry
from platform_apps.core.models import OutgoingMail
from platform_apps.memberships import events
from platform_apps.memberships.enums import JoinPolicy, Role, Standing
from platform_apps.memberships.models import Membership, TeamSettings
from platform_apps.memberships.services import (
    add_person,
    answer_consent,
    approve_request,
    ban_member,
    decline_request,
    join_entry,
    leave_entry,
    remove_member,
    unban_member,
    withdraw_request,
)
from tests.factories.memberships import make_joinable, make_membership, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Any:
    return make_person("Ana")


@pytest.fixture
def admin() -> Any:
    return make_person("Bo")


@pytest.fixture
def entry(admin: Any) -> Entry:
    entry = make_joinable(Kind.PROJECT, title="Heat for all")
    make_membership(entry, admin, role=Role.ADMIN)
    return entry


def set_policy(entry: Entry, policy: JoinPolicy, questions: Any = ()) -> None:
    TeamSettings.objects.update_or_create(entry=entry, defaults={"policy": policy, "questions": list(questions)})


def counted(entry: Entry) -> int:
    entry.refresh_from_db()
    return entry.member_count


@pytest.mark.parametrize(
    ("kind", "standing"),
    [
        (Kind.HUB, Standing.ACTIVE),
        (Kind.ORGANIZATION, Standing.REQUESTED),
        (Kind.PROJECT, Standing.REQUESTED),
    ],
)
def test_hubs_are_open_and_the_others_decide(person: Any, kind: str, standing: Standing) -> None:
    entry = make_joinable(kind)
    membership = join_entry(user=person, entry=entry)
    assert (membership.standing, membership.role) == (standing, Role.MEMBER)
    assert counted(entry) == (standing == Standing.ACTIVE)


@pytest.mark.parametrize("policy", JoinPolicy.values)
def test_a_policy_of_its_own(person: Any, entry: Entry, policy: str) -> None:
    set_policy(entry, JoinPolicy(policy))
    if policy == JoinPolicy.INVITATION:
        with pytest.raises(PermissionDenied):
            join_entry(user=person, entry=entry)
        assert not Membership.objects.of(person).exists()
    else:
        expected = {JoinPolicy.OPEN: Standing.ACTIVE, JoinPolicy.REQUEST: Standing.REQUESTED}
        assert join_entry(user=person, entry=entry).standing == expected[JoinPolicy(policy)]


def test_joining_twice_is_joining_once(person: Any, entry: Entry) -> None:
    first, second = (join_entry(user=person, entry=entry, message=text) for text in ("One", "Two"))
    assert (second.pk, second.message) == (first.pk, "One")
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_what_is_not_public_cannot_be_joined(person: Any, state: State) -> None:
    with pytest.raises(PermissionDenied):
        join_entry(user=person, entry=make_joinable(state=state))


def test_stories_and_closed_accounts_join_nothing(person: Any, entry: Entry) -> None:
    with pytest.raises(PermissionDenied):
        join_entry(user=person, entry=make_joinable(Kind.STORY))
    person.is_active = False
    with pytest.raises(PermissionDenied):
        join_entry(user=person, entry=entry)


def test_questions_are_answered_and_kept_as_they_were(person: Any, entry: Entry) -> None:
    questions = [
        {"id": "a", "text": "Why?", "is_required": True},
        {"id": "b", "text": "Since when?", "is_required": False},
    ]
    set_policy(entry, JoinPolicy.REQUEST, questions)
    for answers in ({}, {"a": "  "}, {"b": "Now"}, {"a": "Yes", "c": "?"}):
        with pytest.raises(ValidationError):
            join_entry(user=person, entry=entry, answers=answers)
    assert not Membership.objects.of(person).exists()
    membership = join_entry(user=person, entry=entry, answers={"a": " Because ", "b": ""})
    set_policy(entry, JoinPolicy.REQUEST)
    membership.refresh_from_db()
    assert membership.answers == [{"question": "Why?", "answer": "Because"}]


def test_a_request_is_approved_once(
    person: Any, admin: Any, entry: Entry, django_capture_on_commit_callbacks: Any
) -> None:
    joined: list[Any] = []
    events.member_joined.connect(lambda membership, **_kwargs: joined.append(membership), weak=False, dispatch_uid="t")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            request = join_entry(user=person, entry=entry)
            for _time in range(2):
                approve_request(actor=admin, membership=request)
    finally:
        events.member_joined.disconnect(dispatch_uid="t")
    request.refresh_from_db()
    assert (request.standing, request.decided_by, len(joined), counted(entry)) == (Standing.ACTIVE, admin, 1, 2)
    assert OutgoingMail.objects.filter(to=person.email).count() == 1


def test_who_was_declined_asks_again_after_thirty_days(person: Any, admin: Any, entry: Entry) -> None:
    request = decline_request(actor=admin, membership=join_entry(user=person, entry=entry), reason="Too full.")
    assert OutgoingMail.objects.get(to=person.email).text.count("Too full.") == 1
    with pytest.raises(ConflictError, match="again on"):
        join_entry(user=person, entry=entry)
    Membership.objects.filter(pk=request.pk).update(decided_at=timezone.now() - timedelta(days=30, seconds=1))
    again = join_entry(user=person, entry=entry, message="Still here")
    assert (again.pk, again.standing, again.reason) == (request.pk, Standing.REQUESTED, "")


def test_a_request_is_taken_back(person: Any, admin: Any, entry: Entry) -> None:
    request = join_entry(user=person, entry=entry)
    with pytest.raises(PermissionDenied):
        withdraw_request(user=admin, membership=request)
    for _time in range(2):
        assert withdraw_request(user=person, membership=request).standing == Standing.WITHDRAWN
    with pytest.raises(ConflictError):
        approve_request(actor=admin, membership=request)
    assert join_entry(user=person, entry=entry).standing == Standing.REQUESTED
    approve_request(actor=admin, membership=request)
    with pytest.raises(ConflictError):
        withdraw_request(user=person, membership=request)


def test_nobody_belongs_to_anything_without_agreeing(person: Any, admin: Any, entry: Entry) -> None:
    offer = add_person(actor=admin, entry=entry, user=person, role=Role.EDITOR, message="Come!")
    assert (offer.standing, counted(entry)) == (Standing.ASKED, 1)
    assert "Come!" in OutgoingMail.objects.get(to=person.email).text
    with pytest.raises(PermissionDenied):
        answer_consent(user=admin, membership=offer, agrees=True)
    agreed = answer_consent(user=person, membership=offer, agrees=True)
    assert (agreed.standing, agreed.role, counted(entry)) == (Standing.ACTIVE, Role.EDITOR, 2)


def test_who_says_no_is_left_alone(person: Any, admin: Any, entry: Entry) -> None:
    offer = add_person(actor=admin, entry=entry, user=person)
    answer_consent(user=person, membership=offer, agrees=False)
    with pytest.raises(ConflictError):
        add_person(actor=admin, entry=entry, user=person)
    with pytest.raises(ConflictError):
        answer_consent(user=person, membership=offer, agrees=True)
    assert join_entry(user=person, entry=entry).standing == Standing.REQUESTED


def test_an_offer_is_worth_what_its_author_still_is(person: Any, admin: Any, entry: Entry) -> None:
    chief = make_membership(entry, role=Role.ADMIN).user
    offer = add_person(actor=admin, entry=entry, user=person, role=Role.ADMIN)
    remove_member(actor=chief, membership=Membership.objects.get(user=admin))
    with pytest.raises(PermissionDenied):
        answer_consent(user=person, membership=offer, agrees=True)
    with pytest.raises(PermissionDenied):
        join_entry(user=person, entry=entry)


def test_joining_what_one_was_added_to_is_agreeing(person: Any, admin: Any, entry: Entry) -> None:
    add_person(actor=admin, entry=entry, user=person, role=Role.EDITOR)
    assert join_entry(user=person, entry=entry).role == Role.EDITOR


def test_adding_who_has_asked_is_approving(person: Any, admin: Any, entry: Entry) -> None:
    join_entry(user=person, entry=entry)
    assert add_person(actor=admin, entry=entry, user=person).standing == Standing.ACTIVE


def test_admins_do_not_add_themselves(entry: Entry) -> None:
    operator = make_person(is_superuser=True)
    with pytest.raises(PermissionDenied):
        add_person(actor=operator, entry=entry, user=operator, role=Role.ADMIN)


def test_leaving_ends_the_role_for_good(person: Any, entry: Entry) -> None:
    membership = make_membership(entry, person, role=Role.EDITOR)
    for _time in range(2):
        left = leave_entry(user=person, membership=membership)
        assert (left.standing, left.role) == (Standing.LEFT, Role.MEMBER)
    set_policy(entry, JoinPolicy.OPEN)
    assert join_entry(user=person, entry=entry).role == Role.MEMBER


def test_the_last_admin_hands_over_first(admin: Any, entry: Entry) -> None:
    with pytest.raises(ConflictError):
        leave_entry(user=admin, membership=Membership.objects.get(user=admin))
    assert Membership.objects.get(user=admin).is_admin


def test_who_was_removed_does_not_walk_in_again(person: Any, admin: Any, entry: Entry) -> None:
    set_policy(entry, JoinPolicy.OPEN)
    remove_member(actor=admin, membership=join_entry(user=person, entry=entry), reason="Noise")
    assert "Noise" in OutgoingMail.objects.get(to=person.email).text
    assert join_entry(user=person, entry=entry).standing == Standing.REQUESTED


def test_a_ban_closes_every_way_until_it_is_lifted(person: Any, admin: Any, entry: Entry) -> None:
    set_policy(entry, JoinPolicy.OPEN)
    membership = join_entry(user=person, entry=entry)
    for _time in range(2):
        ban_member(actor=admin, membership=membership)
    with pytest.raises(PermissionDenied):
        join_entry(user=person, entry=entry)
    with pytest.raises(ConflictError):
        add_person(actor=admin, entry=entry, user=person)
    assert counted(entry) == 1
    assert unban_member(actor=admin, membership=membership).standing == Standing.REMOVED
    assert join_entry(user=person, entry=entry).standing == Standing.REQUESTED


def test_an_offer_is_taken_back(person: Any, admin: Any, entry: Entry) -> None:
    offer = add_person(actor=admin, entry=entry, user=person)
    assert remove_member(actor=admin, membership=offer).standing == Standing.WITHDRAWN
    with pytest.raises(ConflictError):
        answer_consent(user=person, membership=offer, agrees=True)
