"""Sessions last as long as they may, are shown to their person, and end at once."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.test import Client

from cms.editorial.enums import SiteGroup
from cms.editorial.services import ensure_site_groups
from platform_apps.accounts.models import User
from tests.factories.accounts import PASSWORD, make_member

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"


def signed_in(user: User, **extra: str) -> Client:
    client = Client(**extra)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "remember": "on"})
    return client


def is_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def shown(client: Client) -> list[Any]:
    return client.get(PAGE).context["sessions"]


def test_a_person_sees_their_own_sessions_and_ends_one() -> None:
    user, bob = make_member(), make_member("bob@example.org")
    here, there, third = signed_in(user, HTTP_USER_AGENT="Firefox"), signed_in(user), signed_in(bob)
    own = shown(here)
    assert [(one.is_current, one.browser) for one in own] == [(True, "Firefox"), (False, "")]
    assert {one.session_key for one in UserSession.objects.all()}.isdisjoint(one.id for one in own)
    [foreign] = shown(third)
    assert here.post(PAGE, {"session": foreign.id}).status_code == 404
    assert here.post(PAGE, {"session": "x" * 500}).status_code == 404
    assert is_in(third)
    assert here.post(PAGE, {"session": own[1].id}).status_code == 302
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)


def test_all_others_end_together() -> None:
    user = make_member()
    here, others = signed_in(user), [signed_in(user), signed_in(user)]
    here.post(PAGE)
    assert [is_in(one) for one in (here, *others)] == [True, False, False]


def test_the_list_takes_as_many_queries_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    user = make_member()
    here = signed_in(user)
    for number in range(30):
        other = signed_in(user, REMOTE_ADDR=f"203.0.113.{number}")
        assert other.session.session_key
    with django_assert_max_num_queries(12):
        assert len(shown(here)) == 31


def test_an_account_that_is_closed_is_out_at_once() -> None:
    user = make_member()
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)


@pytest.mark.parametrize(("hours", "stays"), [(13 * 24, True), (14 * 24 + 1, False)])
def test_a_member_is_asked_again_after_a_fortnight(time_machine: Any, hours: int, stays: bool) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    client = signed_in(make_member())
    for _visit in range(hours // 24):
        time_machine.shift(24 * 3600)
        session = client.session
        session["something"] = _visit
        session.save()
    time_machine.shift((hours % 24) * 3600)
    assert is_in(client) is stays


@pytest.mark.parametrize(
    ("visits", "stays"), [([2.5] * 4, True), ([3.1], False), ([2.5] * 5, False)], ids=["busy", "idle", "too long"]
)
def test_who_may_enter_the_admin_has_less_time(time_machine: Any, visits: list[float], stays: bool) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    ensure_site_groups()
    user = make_member()
    user.groups.add(Group.objects.get(name=SiteGroup.EDITORS))
    client = signed_in(user)
    seen = []
    for hours in visits:
        time_machine.shift(hours * 3600)
        seen.append(is_in(client))
    assert seen[-1] is stays


def test_rights_that_come_later_shorten_the_session_too(time_machine: Any) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    ensure_site_groups()
    user = make_member()
    client = signed_in(user)
    user.groups.add(Group.objects.get(name=SiteGroup.EDITORS))
    assert client.get("/admin/").status_code == 200
    time_machine.shift(3.1 * 3600)
    assert not is_in(client)
