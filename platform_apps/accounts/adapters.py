from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Where Groundswell departs from allauth's own ways."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether visitors may make accounts: a setting, since many networks invite first."""
        return bool(getattr(settings, "SIGNUP_OPEN", False))

    def is_safe_url(self, url: str) -> bool:
        """Return whether a sign-in may lead to this address; allauth itself stumbles over `http://[`."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False
