"""Roles, the last admin, the team's own order, hubs and their groups, verified organizations."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from cms.core.refusals import ConflictError
from cms.directory.enums import Kind
from cms.editorial.models import HubEditors
from platform_apps.memberships.enums import Role, Standing
from platform_apps.memberships.models import Membership
from platform_apps.memberships.permissions import role_in, roles_of
from platform_apps.memberships.rules import NO_PLACE
from platform_apps.memberships.selectors import team_of
from platform_apps.memberships.services import (
    ban_member,
    change_details,
    change_role,
    found_team,
    hand_over,
    join_entry,
    leave_entry,
    order_team,
    remove_member,
    verify_organization,
)
from tests.factories.memberships import TeamWorld, build_team, make_joinable, make_membership, make_person, make_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> TeamWorld:
    return build_team()


def role_of(membership: Membership) -> str:
    return Membership.objects.get(pk=membership.pk).role


@pytest.mark.parametrize("who", ["member", "editor", "former", "banned", "pending", "asked", "outsider", "other_admin"])
@pytest.mark.parametrize("role", Role.values)
def test_nobody_but_admins_gives_roles(world: TeamWorld, who: str, role: str) -> None:
    for target in world.memberships.values():
        with pytest.raises(PermissionDenied):
            change_role(actor=world.users[who], membership=target, role=Role(role))
    assert role_of(world.memberships["member"]) == Role.MEMBER


def test_nobody_raises_themselves_whoever_they_are(world: TeamWorld) -> None:
    operator = world.users["operator"]
    own = make_membership(world.entry, operator)
    with pytest.raises(PermissionDenied):
        change_role(actor=operator, membership=own, role=Role.ADMIN)
    assert role_of(own) == Role.MEMBER


def test_admins_raise_and_lower_others_and_lower_themselves(world: TeamWorld) -> None:
    admin, member = world.users["admin"], world.memberships["member"]
    for role in (Role.EDITOR, Role.ADMIN, Role.MEMBER):
        assert change_role(actor=admin, membership=member, role=role).role == role
    assert change_role(actor=admin, membership=world.memberships["admin"], role=Role.MEMBER).role == Role.MEMBER
    with pytest.raises(PermissionDenied):
        change_role(actor=admin, membership=member, role=Role.EDITOR)


@pytest.mark.parametrize("name", ["pending", "asked", "former", "banned", "declined"])
def test_only_members_have_roles(world: TeamWorld, name: str) -> None:
    with pytest.raises(ConflictError):
        change_role(actor=world.users["admin"], membership=world.memberships[name], role=Role.ADMIN)
    assert role_in(world.users[name], world.entry.pk) is None
    assert roles_of(world.users[name]) == {}


def test_the_last_admin_stays_until_somebody_follows() -> None:
    entry = make_joinable()
    admin, other = make_membership(entry, role=Role.ADMIN), make_membership(entry, role=Role.EDITOR)
    with pytest.raises(ConflictError):
        change_role(actor=admin.user, membership=admin, role=Role.MEMBER)
    # An account that is closed decides nothing, so it is no other admin.
    closed = make_membership(entry, make_person(is_active=False), role=Role.ADMIN)
    with pytest.raises(ConflictError):
        leave_entry(user=admin.user, membership=admin)
    assert hand_over(actor=admin.user, membership=other).pk == admin.pk
    assert (role_of(admin), role_of(other), role_of(closed)) == (Role.MEMBER, Role.ADMIN, Role.ADMIN)
    assert leave_entry(user=admin.user, membership=admin).standing == Standing.LEFT


def test_handing_over_takes_an_admin_and_a_member(world: TeamWorld) -> None:
    for who, target in (("member", "editor"), ("operator", "member"), ("admin", "admin")):
        with pytest.raises(PermissionDenied):
            hand_over(actor=world.users[who], membership=world.memberships[target])
    for target in ("former", "pending", "banned"):
        with pytest.raises(ConflictError):
            hand_over(actor=world.users["admin"], membership=world.memberships[target])
    assert role_of(world.memberships["admin"]) == Role.ADMIN


def test_operators_part_with_a_last_admin() -> None:
    entry, operator = make_joinable(), make_person(is_superuser=True)
    admin = make_membership(entry, role=Role.ADMIN)
    assert ban_member(actor=operator, membership=admin).standing == Standing.BANNED


def test_an_entry_is_founded_once() -> None:
    entry, first, second = make_joinable(), make_person(), make_person()
    assert found_team(user=first, entry=entry).is_admin
    with pytest.raises(ConflictError):
        found_team(user=second, entry=entry)
    entry.refresh_from_db()
    assert entry.member_count == 1


def test_everybody_says_for_themselves_what_they_do_and_whether_they_are_seen(world: TeamWorld) -> None:
    member, admin = world.memberships["member"], world.users["admin"]
    change_details(actor=member.user, membership=member, title="Keeps the bees", is_listed=False)
    with pytest.raises(PermissionDenied):
        change_details(actor=admin, membership=member, is_listed=True)
    assert change_details(actor=admin, membership=member, title="").title == ""
    with pytest.raises(PermissionDenied):
        change_details(actor=world.users["editor"], membership=member, title="x")
    with pytest.raises(ConflictError):
        change_details(actor=world.users["former"], membership=world.memberships["former"], title="x")


def test_the_team_stands_in_its_own_order_then_admins_first() -> None:
    entry = make_joinable()
    names = {}
    for name, role in (("Old", Role.MEMBER), ("Ed", Role.EDITOR), ("Ada", Role.ADMIN), ("New", Role.MEMBER)):
        names[name] = make_membership(entry, make_public(name), role=role)
    make_membership(entry, make_person("Hidden"), is_listed=False)
    make_membership(entry, make_person("Gone"), standing=Standing.LEFT)
    make_membership(entry, make_person("Closed", is_active=False))

    def shown() -> list[str]:
        entry.member_count = 7
        return [person["name"].split()[0] for person in team_of(entry).people]

    assert shown() == ["Ada", "Ed", "Old", "New"]
    order_team(actor=names["Ada"].user, entry=entry, membership_ids=[names["New"].pk, names["Old"].pk])
    assert shown() == ["New", "Old", "Ada", "Ed"]
    order_team(actor=names["Ada"].user, entry=entry, membership_ids=[names["Ed"].pk])
    assert shown() == ["Ed", "Ada", "Old", "New"]
    assert Membership.objects.get(pk=names["New"].pk).position == NO_PLACE
    assert not team_of(entry).has_more
    assert team_of(entry, size=3).has_more


def test_an_order_holds_members_only_and_each_once(world: TeamWorld) -> None:
    admin, member, former = world.users["admin"], world.memberships["member"], world.memberships["former"]
    for ids in ([member.pk, member.pk], [former.pk], [make_membership(world.other).pk]):
        with pytest.raises(ValidationError):
            order_team(actor=admin, entry=world.entry, membership_ids=ids)
    with pytest.raises(PermissionDenied):
        order_team(actor=world.users["editor"], entry=world.entry, membership_ids=[member.pk])


class TestHubGroups:
    """Who runs a hub is in its group, and the other way round."""

    @pytest.fixture
    def hub(self) -> Any:
        hub = make_joinable(Kind.HUB)
        group = Group.objects.create(name=f"Hub editors: {hub.pk}")
        HubEditors.objects.create(hub=hub, group=group)
        return hub

    def is_in(self, user: Any, hub: Any) -> bool:
        return user.groups.filter(pk=HubEditors.objects.get(hub=hub).group_id).exists()

    def test_the_group_follows_the_role(self, hub: Any) -> None:
        admin, person = make_membership(hub, role=Role.ADMIN), make_person()
        membership = join_entry(user=person, entry=hub)
        assert not self.is_in(person, hub)
        for role, belongs in ((Role.EDITOR, True), (Role.ADMIN, True), (Role.MEMBER, False), (Role.EDITOR, True)):
            change_role(actor=admin.user, membership=membership, role=role)
            assert self.is_in(person, hub) is belongs
        remove_member(actor=admin.user, membership=membership)
        assert not self.is_in(person, hub)

    @pytest.mark.parametrize("way", ["leave", "ban", "hand over"])
    def test_leaving_in_any_way_takes_the_pages_away(self, hub: Any, way: str) -> None:
        chief, person = make_membership(hub, role=Role.ADMIN).user, make_person()
        membership = join_entry(user=person, entry=hub)
        change_role(actor=chief, membership=membership, role=Role.ADMIN)
        assert self.is_in(person, hub)
        if way == "leave":
            leave_entry(user=person, membership=membership)
        elif way == "ban":
            ban_member(actor=chief, membership=membership)
        else:
            hand_over(actor=person, membership=join_entry(user=make_person(), entry=hub))
        assert not self.is_in(person, hub)

    def test_the_role_follows_the_group(self, hub: Any) -> None:
        person, group = make_person(), HubEditors.objects.get(hub=hub).group
        person.groups.add(group)
        assert role_in(person, hub.pk) == Role.ADMIN
        # Nobody asked them whether they want to be seen.
        hub.refresh_from_db()
        assert (hub.member_count, team_of(hub).people) == (1, [])
        person.groups.remove(group)
        assert role_in(person, hub.pk) == Role.MEMBER
        group.user_set.add(person)
        assert role_in(person, hub.pk) == Role.ADMIN
        group.user_set.clear()
        assert role_in(person, hub.pk) == Role.MEMBER
        person.groups.set([group])
        person.groups.clear()
        assert role_in(person, hub.pk) == Role.MEMBER
        hub.refresh_from_db()
        assert hub.member_count == 1

    def test_an_editor_put_into_the_group_again_stays_an_editor(self, hub: Any) -> None:
        editor = make_membership(hub, role=Role.EDITOR)
        editor.user.groups.add(HubEditors.objects.get(hub=hub).group)
        assert role_of(editor) == Role.EDITOR


@pytest.mark.parametrize("who", ["admin", "other_admin", "member", "outsider"])
def test_an_organization_is_verified_by_moderators_only(world: TeamWorld, who: str) -> None:
    with pytest.raises(PermissionDenied):
        verify_organization(actor=world.users[who], entry=world.entry)
    for is_verified in (True, False):
        verify_organization(actor=world.users["moderator"], entry=world.entry, is_verified=is_verified)
        world.entry.refresh_from_db()
        assert world.entry.is_verified is is_verified


def test_nothing_but_organizations_is_verified(world: TeamWorld) -> None:
    with pytest.raises(PermissionDenied):
        verify_organization(actor=world.users["moderator"], entry=make_joinable(Kind.PROJECT))
