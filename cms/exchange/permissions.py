"""Who may import: it adds, changes and publishes pages anywhere, so whoever may do all three everywhere."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

NEEDED = ("add", "change", "publish")


def can_import(user: Any) -> bool:
    """Return whether the user may import files: operators and editors of the whole site."""
    if not user.is_active:
        return False
    root, policy = Page.get_first_root_node(), policy_registry.get_by_type(Page)
    return all(policy.user_has_any_permission_for_instance(user, {action}, root) for action in NEEDED)
