"""Whoever runs a hub is in the group that edits its pages: the membership says who, the group follows, both at once."""

from typing import Any

from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.editorial.models import HubEditors
from platform_apps.memberships.enums import RUNNING_ROLES
from platform_apps.memberships.models import Membership


def put_group_in_step(membership: Membership) -> None:
    """Put the person into the hub's group, or take them out, as the membership says."""
    group_id = _group_of(membership.entry)
    if group_id is None:
        return
    if runs_hub(membership):
        membership.user.groups.add(group_id)
    else:
        membership.user.groups.remove(group_id)


def runs_hub(membership: Membership | None) -> bool:
    """Return whether a membership comes with the hub's group."""
    return membership is not None and membership.is_active and membership.role in RUNNING_ROLES


def _group_of(entry: Entry) -> Any:
    if entry.kind != Kind.HUB:
        return None
    return HubEditors.objects.filter(hub=entry.pk).values_list("group_id", flat=True).first()
