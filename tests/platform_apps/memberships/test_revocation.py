"""What was taken away is gone with the next request: for old sessions and tokens, in kept pages, lists, search, API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import APIToken

from cms.core.page_cache.middleware import store
from cms.core.page_cache.version import forget_version
from cms.directory.models import Entry
from platform_apps.memberships.enums import Role
from platform_apps.memberships.models import Membership
from platform_apps.memberships.services import ban_member, change_role, remove_member
from tests.cms.editorial.conftest import world  # noqa: F401 (a fixture)
from tests.factories.memberships import make_membership, make_person, make_public, sign_in
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any) -> Any:
    settings.PAGE_CACHE_ENABLED = True
    # The test before was rolled back, and its versions come again.
    forget_version()
    yield
    store().clear()


@pytest.fixture
def change(django_capture_on_commit_callbacks: Any) -> Any:
    """Return what a change runs in, as if nothing had happened before it in the transaction of the test."""

    def changing() -> Any:
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(execute=True)

    return changing


@pytest.fixture
def entry(world: World) -> Entry:  # noqa: F811
    return Entry.objects.get(pk=world.pages["organization_a"].translation_key)


@pytest.fixture
def chief(entry: Entry) -> Any:
    return make_membership(entry, make_person("Ada"), role=Role.ADMIN).user


def doors(user: Any) -> list[Callable[[str], int]]:
    """Return the ways in which somebody has long been signed in: a session, a token."""
    _token, key = APIToken.create_token(user=user, name="phone")
    session = sign_in(user)
    return [
        lambda path: session.get(path).status_code,
        lambda path: Client().get(path, headers={"Authorization": f"Bearer {key}"}).status_code,
    ]


@pytest.mark.parametrize("how", ["demoted", "removed", "banned"])
def test_a_role_bites_no_more(entry: Entry, chief: Any, how: str, change: Any) -> None:
    admin = make_membership(entry, make_person("Eva"), role=Role.ADMIN)
    session, token = doors(admin.user)
    manage, requests = f"/en/manage/{entry.pk}/", f"/api/v1/teams/{entry.pk}/requests/"
    assert (session(manage), session(requests), token(requests)) == (200, 200, 200)
    with change():
        if how == "demoted":
            change_role(actor=chief, membership=admin, role=Role.MEMBER)
        else:
            (remove_member if how == "removed" else ban_member)(actor=chief, membership=admin)
    assert (session(manage), session(requests), token(requests)) == (403, 403, 403)


@pytest.mark.parametrize("act", [remove_member, ban_member])
def test_who_is_out_stands_nowhere(
    world: World,  # noqa: F811
    entry: Entry,
    chief: Any,
    act: Any,
    change: Any,
) -> None:
    member = make_membership(entry, make_public("Zenobia"))
    pages = [world.pages["organization_a"].get_url(), f"/en/team/{entry.pk}/", f"/api/v1/teams/{entry.pk}/members/"]
    for _time in range(2):
        assert all(b"Zenobia" in Client().get(page).content for page in pages)
    listed = world.organization_lists["en"].get_url()
    with change():
        act(actor=chief, membership=Membership.objects.get(pk=member.pk))
    assert not [page for page in pages if b"Zenobia" in Client().get(page).content]
    assert b"1 member<" in Client().get(listed).content


def test_a_page_that_is_taken_down_takes_its_team_along(
    world: World,  # noqa: F811
    entry: Entry,
    chief: Any,
    change: Any,
) -> None:
    member = make_membership(entry, make_public("Zenobia"))
    outsider = sign_in(make_person())
    paths = [f"/en/team/{entry.pk}/", f"/api/v1/teams/{entry.pk}/members/"]
    own = [f"/en/join/{entry.pk}/", f"/api/v1/teams/{entry.pk}/settings/"]
    found = "/api/v1/search/?q=Organization"
    assert [Client().get(path).status_code for path in paths] == [200, 200]
    assert [outsider.get(path).status_code for path in own] == [200, 200]
    assert str(entry.pk) in Client().get(found).content.decode()
    with change():
        world.pages["organization_a"].specific.unpublish()
    assert [Client().get(path).status_code for path in paths] == [404, 404]
    assert [outsider.get(path).status_code for path in own] == [404, 404]
    assert [sign_in(member.user).get(path).status_code for path in own] == [404, 404]
    assert str(entry.pk) not in Client().get(found).content.decode()
    assert sign_in(member.user).get("/api/v1/memberships/").json()["results"] == []
    assert sign_in(chief).get(f"/en/manage/{entry.pk}/").status_code == 200


def test_a_closed_account_is_seen_no_more_and_decides_nothing(entry: Entry, chief: Any) -> None:
    token = doors(chief)[1]
    assert token(f"/api/v1/teams/{entry.pk}/requests/") == 200
    chief.is_active = False
    chief.save()
    assert token(f"/api/v1/teams/{entry.pk}/requests/") == 401
    assert Client().get(f"/api/v1/teams/{entry.pk}/members/").json()["results"] == []
