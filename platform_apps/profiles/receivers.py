"""Keeps profiles in step with accounts, which are made and renamed by many doors: sign-up, sign-in by others, admin."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from platform_apps.accounts.models import User

from .services import ensure_profile, keep_name

# Saving anything else of an account, such as the time of a sign-in, changes no profile.
SHOWN = {"first_name", "last_name", "is_active"}


@receiver(post_save, sender=User, dispatch_uid="profile-of-a-user")
def follow_the_account(instance: User, created: bool, raw: bool, **event: Any) -> None:  # noqa: FBT001 (Django's)
    """Make the profile with the account; bring its name in step afterwards."""
    if raw:
        return
    if created:
        ensure_profile(user=instance)
    elif event["update_fields"] is None or SHOWN & set(event["update_fields"]):
        keep_name(user=instance)
