"""Fifty at the same moment: exactly one outcome. Each with a control that shows what the guard is good for."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from cms.core.refusals import ConflictError
from cms.directory.enums import Kind
from cms.directory.models import Entry
from platform_apps.core.models import OutgoingMail
from platform_apps.memberships import services
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import Invitation, Membership
from platform_apps.memberships.services import deciding, inviting, joining, roles
from tests.factories.memberships import make_invitation, make_joinable, make_membership, make_person
from tests.simultaneous import all_at_once, database_for_many

PEOPLE = 50
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _many(tmp_path: Path, db: None) -> Iterator[None]:
    with database_for_many(tmp_path):
        yield


@contextmanager
def nobody_waits(entry_id: Any) -> Iterator[Entry]:
    """What `alone_in` would be without a lock: everybody reads first, then everybody writes.

    SQLite's transactions are locks themselves, so there it does without one.
    """
    with nullcontext() if connection.vendor == "sqlite" else transaction.atomic():
        entry = Entry.objects.get(pk=entry_id)
        time.sleep(0.2)
        yield entry


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (deciding, inviting, joining, roles):
        monkeypatch.setattr(module, "alone_in", nobody_waits)


def slowly(reads: Callable[..., Any]) -> Callable[..., Any]:
    """Return a read after which some time passes, as it does between a question and what follows from it."""

    def read(*args: Any, **kwargs: Any) -> Any:
        found = reads(*args, **kwargs)
        time.sleep(0.3)
        return found

    return read


def outcomes(results: list[Any]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def last_use() -> tuple[list[Any], Invitation]:
    entry = make_joinable(Kind.ORGANIZATION)
    admin = make_membership(entry, role=Role.ADMIN).user
    invitation = make_invitation(entry, admin, max_uses=1)
    people = [make_person() for _number in range(PEOPLE)]
    return all_at_once([
        lambda person=person: services.accept_invitation(user=person, invitation=invitation) for person in people
    ]), invitation  # fmt: skip


def test_the_last_use_of_an_invitation_is_one_person_s() -> None:
    results, invitation = last_use()
    assert outcomes(results) == {"Membership": 1, "ConflictError": PEOPLE - 1}
    invitation.refresh_from_db()
    entry = Entry.objects.get(pk=invitation.entry_id)
    assert (invitation.used, entry.member_count) == (1, 2)


def test_looking_before_using_would_let_many_in(unguarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_then_use(invitation: Invitation) -> None:
        if not Invitation.objects.get(pk=invitation.pk).is_open:
            message = "Used up."
            raise ConflictError(message)
        time.sleep(0.3)
        Invitation.objects.filter(pk=invitation.pk, used=0).update(used=F("used") + 1)

    monkeypatch.setattr(inviting, "_use", look_then_use)
    results, _invitation = last_use()
    assert outcomes(results)["Membership"] != 1


def approve_together() -> tuple[list[Any], Membership]:
    entry = make_joinable(Kind.ORGANIZATION)
    admins = [make_membership(entry, role=Role.ADMIN).user for _number in range(5)]
    request = make_membership(entry, make_person("Ana"), standing=Standing.REQUESTED)
    return all_at_once([
        lambda admin=admin: services.approve_request(actor=admin, membership=request) for admin in admins * 10
    ]), request  # fmt: skip


def mails_to(membership: Membership) -> int:
    return OutgoingMail.objects.filter(to=membership.user.email).count()


def test_fifty_approvals_are_one() -> None:
    results, request = approve_together()
    assert outcomes(results) == {"Membership": PEOPLE}
    assert mails_to(request) == 1
    assert Entry.objects.get(pk=request.entry_id).member_count == 6


def test_without_waiting_for_each_other_they_welcome_many_times(
    unguarded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "as_it_is", slowly(deciding.as_it_is))
    _results, request = approve_together()
    assert mails_to(request) > 1


def join_together() -> tuple[list[Any], Any]:
    entry, person = make_joinable(Kind.ORGANIZATION), make_person("Ana")
    admin = make_membership(entry, role=Role.ADMIN)
    results = all_at_once([lambda: services.join_entry(user=person, entry=entry)] * PEOPLE)
    return results, admin


def test_fifty_clicks_are_one_request() -> None:
    results, admin = join_together()
    assert outcomes(results) == {"Membership": PEOPLE}
    assert len({result.pk for result in results}) == 1
    assert mails_to(admin) == 1


def test_without_waiting_the_clicks_collide(unguarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining.permissions, "membership_of", slowly(joining.permissions.membership_of))
    results, _admin = join_together()
    assert outcomes(results)["Membership"] < PEOPLE


def demote_each_other() -> tuple[list[Any], int]:
    entry = make_joinable(Kind.ORGANIZATION)
    one, other = (make_membership(entry, role=Role.ADMIN) for _number in range(2))
    actions = [
        lambda actor=actor, target=target: services.change_role(actor=actor.user, membership=target, role=Role.MEMBER)
        for actor, target in [(one, other), (other, one)] * (PEOPLE // 2)
    ]
    results = all_at_once(actions)
    return results, Membership.objects.in_entry(entry.pk).admins().count()


def test_of_two_admins_who_demote_each_other_one_stays() -> None:
    results, admins = demote_each_other()
    assert admins == 1
    assert set(outcomes(results)) <= {"Membership", "NotAllowedError"}


def test_without_waiting_nobody_would_be_left(unguarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "require_another_admin", slowly(roles.require_another_admin))
    _results, admins = demote_each_other()
    assert admins == 0
