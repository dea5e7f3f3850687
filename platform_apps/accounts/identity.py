"""Signing in at partner sites with an account of ours (OpenID Connect)."""

from typing import Any
from uuid import UUID

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings

from .models import User


class IdentityAdapter(DefaultOIDCAdapter):
    """What partner sites learn of a person: the id that the API knows, and what the person agreed to."""

    def get_issuer(self) -> str:
        """Return the site's own name for itself, whatever host a request claims."""
        return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")

    def get_user_sub(self, client: Any, user: Any) -> str:
        return str(user.uuid)

    def get_user_by_sub(self, client: Any, sub: str) -> User | None:
        try:
            return User.objects.filter(uuid=UUID(sub), is_active=True).first()
        except ValueError:
            return None
