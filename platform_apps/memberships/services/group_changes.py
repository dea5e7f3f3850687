"""The other way round: whoever an operator puts into a hub's group in the admin runs the hub."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from cms.directory.models import Entry
from cms.editorial.models import HubEditors
from platform_apps.memberships import events
from platform_apps.memberships.enums import RUNNING_ROLES, Role
from platform_apps.memberships.models import Membership

from .hub_groups import runs_hub
from .team import activate, alone_in, keep, tell


def follow_groups_of(users: Iterable[Any]) -> None:
    """Bring the memberships of people in line with the hubs' groups that they are in. In line already, nothing happens.

    Who is put into a group becomes admin of the hub; who is taken out stays as a plain member.
    """
    for user in users:
        own = Membership.objects.of(user).active().filter(role__in=RUNNING_ROLES)
        led = set(own.filter(entry__in=HubEditors.objects.values("hub")).values_list("entry_id", flat=True))
        chosen = set(HubEditors.objects.filter(group__user=user).values_list("hub_id", flat=True))
        for entry_id in chosen ^ led:
            _follow(user, entry_id, is_chosen=entry_id in chosen)


def _follow(user: Any, entry_id: Any, *, is_chosen: bool) -> None:
    with alone_in(entry_id) as entry:
        membership = Membership.objects.of(user).in_entry(entry_id).first()
        if is_chosen and not runs_hub(membership):
            activate(membership or _new(user, entry), actor=None, role=Role.ADMIN)
        elif not is_chosen and membership is not None and runs_hub(membership):
            membership.role = Role.MEMBER
            keep(membership)
            tell(events.role_changed, membership, None)


def _new(user: Any, entry: Entry) -> Membership:
    """Whoever is put somewhere by others has not said that everybody may see it."""
    return Membership(user=user, entry=entry, is_listed=False)


def runners_of(group: Group) -> QuerySet[Any]:
    """Return the people who run the hub of a group, of those who were all taken out at once."""
    hubs = HubEditors.objects.filter(group=group).values("hub")
    led = Membership.objects.active().filter(entry__in=hubs, role__in=RUNNING_ROLES).values("user")
    return get_user_model()._default_manager.filter(pk__in=led)
