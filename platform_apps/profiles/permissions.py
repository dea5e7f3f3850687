from typing import Any


def can_edit_profile(user: Any, profile: Any) -> bool:
    """Return whether somebody may change a profile: their own only, whatever else they may do on the site."""
    return bool(user.is_authenticated and user.is_active and profile.user_id == user.pk)
