"""Every list takes the same number of queries for 20 rows and for 2,000."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.directory.models import Entry
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import Invitation, Membership
from platform_apps.memberships.selectors import belongings
from platform_apps.memberships.services import invite_by_link
from tests.cms.editorial.conftest import world  # noqa: F401 (a fixture)
from tests.factories.directory import make_entry, save_entries
from tests.factories.memberships import fill_team, make_membership, make_person, sign_in
from tests.worlds import World

pytestmark = pytest.mark.django_db
FEW, MANY = 20, 2_000


@pytest.fixture
def entry(world: World) -> Entry:  # noqa: F811
    return Entry.objects.get(pk=world.pages["organization_a"].translation_key)


@pytest.fixture
def admin(entry: Entry) -> Any:
    return make_membership(entry, role=Role.ADMIN).user


def queries(client: Any, address: str, **query: Any) -> int:
    assert client.get(address, query).status_code == 200, address
    with CaptureQueriesContext(connection) as found:
        client.get(address, query)
    return len(found)


def addresses(world: World, entry: Entry) -> list[tuple[str, dict[str, Any], int]]:  # noqa: F811
    """Return what is asked, and the most queries that it may take."""
    manage = f"/en/manage/{entry.pk}/"
    return [
        (world.pages["organization_a"].get_url(), {}, 20),
        (f"/en/team/{entry.pk}/", {}, 10),
        (f"/en/team/{entry.pk}/", {"page": 2}, 10),
        (manage, {}, 12),
        (f"{manage}members/", {}, 12),
        (f"{manage}members/", {"show": "former"}, 12),
        (f"{manage}invitations/", {}, 12),
        (f"/en/join/{entry.pk}/", {}, 12),
        ("/en/personal/", {"path": world.pages["organization_a"].get_url()}, 20),
        (f"/api/v1/teams/{entry.pk}/members/", {"page_size": 20}, 6),
        (f"/api/v1/teams/{entry.pk}/requests/", {"page_size": 20}, 10),
        (f"/api/v1/teams/{entry.pk}/invitations/", {"page_size": 20}, 10),
        ("/api/v1/memberships/", {"page_size": 20}, 8),
    ]


def fill(entry: Entry, admin: Any, number: int) -> None:
    for standing in (Standing.ACTIVE, Standing.REQUESTED, Standing.LEFT):
        fill_team(entry, number, standing=standing)
    link = invite_by_link(actor=admin, entry=entry)
    Invitation.objects.bulk_create(
        Invitation(entry=entry, invited_by=admin, expires_at=link.expires_at) for _number in range(number)
    )
    elsewhere = save_entries([make_entry() for _number in range(number)])
    now = link.created_at
    Membership.objects.bulk_create(
        Membership(entry=one, user=admin, role=Role.ADMIN, standing=Standing.ACTIVE, joined_at=now, sort_text="9")
        for one in elsewhere
    )


def test_lists_do_not_notice_how_many_there_are(world: World, entry: Entry, admin: Any) -> None:  # noqa: F811
    client = sign_in(admin)
    fill(entry, admin, FEW)
    few = {str(one): queries(client, one[0], **one[1]) for one in addresses(world, entry)}
    fill(entry, admin, MANY - FEW)
    many = {str(one): queries(client, one[0], **one[1]) for one in addresses(world, entry)}
    assert many == few
    assert not [(one[0], few[str(one)]) for one in addresses(world, entry) if few[str(one)] > one[2]], few


def test_my_place_asks_three_things_however_much_there_is(entry: Entry, admin: Any) -> None:
    fill_team(entry, 3, standing=Standing.REQUESTED)
    for number in (FEW, MANY):
        elsewhere = save_entries([make_entry(title="Elsewhere") for _number in range(number)])
        Membership.objects.bulk_create(
            Membership(entry=one, user=admin, standing=Standing.ACTIVE, joined_at="2026-01-01T00:00Z", sort_text="9")
            for one in elsewhere
        )
        with CaptureQueriesContext(connection) as found:
            lines = belongings(admin, "en", size=MANY * 2)
        assert len(found) == 3
        assert {line.entry["title"] for line in lines} >= {"Elsewhere"}
        assert sum(line.waiting for line in lines) == 3


def test_the_personal_part_costs_two(world: World, entry: Entry, admin: Any) -> None:  # noqa: F811
    from platform_apps.memberships.selectors import tie_of

    make_membership(entry, standing=Standing.REQUESTED)
    with CaptureQueriesContext(connection) as found:
        assert tie_of(admin, entry.pk).waiting == 1
    assert len(found) == 2


def test_what_a_person_may_not_open_is_not_in_their_list() -> None:
    person = make_person()
    [hidden] = save_entries([make_entry(state="archived", title="Hidden")])
    membership = make_membership(hidden, person)
    assert belongings(person, "en") == []
    Membership.objects.filter(pk=membership.pk).update(role=Role.EDITOR)
    [line] = belongings(person, "en")
    assert (line.entry["title"], line.entry["path"]) == ("Hidden", "")
