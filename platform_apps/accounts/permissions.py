"""Who may do what with accounts, and who has to prove more of themselves."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings


def can_enter_admin(user: Any) -> bool:
    """Return whether somebody may enter the admin at all, by their rights."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def has_second_factor(user: Any) -> bool:
    """Return whether somebody has an authenticator app or a passkey. Recovery codes alone are none."""
    types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=user.pk, type__in=types).exists()


def lacks_second_factor(user: Any) -> bool:
    """Return whether somebody has to set up a second factor before they may use what their rights open to them."""
    return bool(settings.REQUIRE_MFA and can_enter_admin(user) and not has_second_factor(user))
