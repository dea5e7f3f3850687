"""The number of members that lists show is the number of members, whatever has happened."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core.models import SiteChange
from cms.core.refusals import ConflictError
from cms.directory.enums import Kind
from cms.directory.events import entries_written
from cms.directory.models import Entry, EntryChange
from cms.directory.services import entry_rank
from platform_apps.memberships import services
from platform_apps.memberships.enums import JoinPolicy, Role, Standing
from platform_apps.memberships.models import Membership
from tests.factories.memberships import make_joinable, make_membership, make_person

pytestmark = pytest.mark.django_db
PEOPLE = 4
ACTIONS = ("join", "add", "agree", "refuse", "withdraw", "approve", "decline", "leave", "remove", "ban", "unban",
           "raise", "lower", "invite", "hand over", "policy", "delete")  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, PEOPLE - 1)), min_size=1, max_size=25)


def do(action: str, person: Any, admin: Any, entry: Entry) -> None:
    """Do one thing, as whoever may do it would."""
    own = Membership.objects.filter(user=person.pk, entry=entry).first()
    if action == "join":
        services.join_entry(user=person, entry=entry)
    elif action == "add":
        services.add_person(actor=admin, entry=entry, user=person, role=Role.EDITOR)
    elif action == "invite":
        services.accept_invitation(user=person, invitation=services.invite_by_link(actor=admin, entry=entry))
    elif action == "policy":
        policy = JoinPolicy.values[person.pk % len(JoinPolicy.values)]
        services.change_settings(actor=admin, entry=entry, policy=JoinPolicy(policy), questions=[])
    elif action == "delete":
        person.delete()
    elif own is not None:
        decide(action, own, person, admin)


def decide(action: str, own: Membership, person: Any, admin: Any) -> None:
    doing = {
        "agree": lambda: services.answer_consent(user=person, membership=own, agrees=True),
        "refuse": lambda: services.answer_consent(user=person, membership=own, agrees=False),
        "withdraw": lambda: services.withdraw_request(user=person, membership=own),
        "leave": lambda: services.leave_entry(user=person, membership=own),
        "approve": lambda: services.approve_request(actor=admin, membership=own),
        "decline": lambda: services.decline_request(actor=admin, membership=own),
        "remove": lambda: services.remove_member(actor=admin, membership=own),
        "ban": lambda: services.ban_member(actor=admin, membership=own),
        "unban": lambda: services.unban_member(actor=admin, membership=own),
        "raise": lambda: services.change_role(actor=admin, membership=own, role=Role.ADMIN),
        "lower": lambda: services.change_role(actor=admin, membership=own, role=Role.MEMBER),
        "hand over": lambda: services.hand_over(actor=person, membership=own),
    }
    doing[action]()


@given(steps=steps)
@settings(suppress_health_check=list(HealthCheck))
def test_after_anything_the_number_is_right(db: None, steps: list[tuple[str, int]]) -> None:
    entry = make_joinable(Kind.HUB)
    admin = services.found_team(user=make_person("Ada"), entry=entry).user
    people = [make_person() for _number in range(PEOPLE)]
    for action, number in steps:
        person = people[number]
        if person.pk is None:
            continue
        try:
            do(action, person, admin, entry)
        except (PermissionDenied, ConflictError):
            continue
        entry.refresh_from_db()
        assert entry.member_count == Membership.objects.filter(entry=entry, standing=Standing.ACTIVE).count(), action
        assert entry.rank == entry_rank(entry)
    assert Membership.objects.in_entry(entry.pk).admins().filter(user=admin).exists()


def test_a_new_number_is_told_to_all_that_is_made_of_entries() -> None:
    entry, told = make_joinable(Kind.HUB), []
    entries_written.connect(lambda entry_ids, **_kwargs: told.extend(entry_ids), weak=False, dispatch_uid="test")
    changes = SiteChange.objects.count()
    try:
        membership = services.join_entry(user=make_person(), entry=entry)
    finally:
        entries_written.disconnect(dispatch_uid="test")
    assert told == [entry.pk]
    assert EntryChange.objects.filter(pk=entry.pk).exists()
    assert SiteChange.objects.count() > changes
    rank = Entry.objects.get(pk=entry.pk).rank
    services.leave_entry(user=membership.user, membership=membership)
    assert Entry.objects.get(pk=entry.pk).rank < rank


def test_an_account_that_goes_is_counted_no_more() -> None:
    entry = make_joinable(Kind.HUB)
    people = [services.join_entry(user=make_person(), entry=entry).user for _number in range(3)]
    people[0].delete()
    entry.refresh_from_db()
    assert entry.member_count == 2
    make_membership(entry, standing=Standing.REQUESTED).user.delete()
    Entry.objects.filter(pk=entry.pk).delete()
    assert not Membership.objects.filter(entry_id=entry.pk).exists()
