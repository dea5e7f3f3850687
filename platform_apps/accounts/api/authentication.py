from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from wagtail.models import APIToken

if TYPE_CHECKING:
    from platform_apps.accounts.models import User

PARTS_OF_A_BEARER_HEADER = 2


class ApiTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>` with one of the person's own API tokens (hashed, revocable)."""

    def authenticate(self, request: Request) -> "tuple[User, APIToken] | None":
        """Return user and token, or None without such a header. Raises AuthenticationFailed for a bad token."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != PARTS_OF_A_BEARER_HEADER:
            raise AuthenticationFailed(_("The Authorization header must be “Bearer” and one token."))
        try:
            key = parts[1].decode("ascii")
        except UnicodeDecodeError as error:
            raise AuthenticationFailed(_("This token is not valid.")) from error
        token = (
            APIToken.objects.select_related("user")
            .filter(key_hash__in=APIToken.candidate_key_hashes(key), revoked_at__isnull=True)
            .first()
        )
        if token is None or not token.user.is_active:
            raise AuthenticationFailed(_("This token is not valid."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ApiTokenScheme(OpenApiAuthenticationExtension):
    """Tells the OpenAPI document about the bearer token."""

    target_class = ApiTokenAuthentication
    name = "ApiToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
