"""How programs say who they are: `Authorization: Bearer`, with a personal token or the JWT of an app."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.headless.tokens.strategies.jwt.internal import validate_access_token
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from wagtail.models import APIToken

from platform_apps.accounts.enums import TokenScope
from platform_apps.accounts.models import TokenTerms

if TYPE_CHECKING:
    from platform_apps.accounts.models import User

PARTS_OF_A_BEARER_HEADER = 2
DOTS_OF_A_JWT = 2
# A token that is used all the time costs a write a minute, not one with every request.
NOTED_EVERY = timedelta(minutes=1)


def bearer_of(request: Any) -> str:
    """Return what stands behind "Bearer"; "" without such a header. Raises AuthenticationFailed for a broken one."""
    parts = get_authorization_header(request).split()
    if not parts or parts[0].lower() != b"bearer":
        return ""
    if len(parts) != PARTS_OF_A_BEARER_HEADER:
        raise AuthenticationFailed(_("The Authorization header must be “Bearer” and one token."))
    try:
        return parts[1].decode("ascii")
    except UnicodeDecodeError as error:
        raise AuthenticationFailed(_("This token is not valid.")) from error


def token_of(key: str) -> APIToken:
    """Return the token with this secret. Raises AuthenticationFailed when it is none, revoked or over."""
    terms = (
        TokenTerms.objects.good()
        .select_related("token__user")
        .filter(token__key_hash__in=APIToken.candidate_key_hashes(key))
        .first()
    )
    if terms is None or not terms.token.user.is_active:
        raise AuthenticationFailed(_("This token is not valid."))
    return terms.token


def check_scope(token: APIToken, method: str) -> None:
    """Raise PermissionDenied when a token that may read wants to write."""
    if method not in SAFE_METHODS and token.terms.scope != TokenScope.WRITE:
        raise PermissionDenied(_("This token may read, and nothing else."))


class ApiTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>` with one of the person's own API tokens (hashed, revocable, with an end)."""

    def authenticate(self, request: Request) -> "tuple[User, APIToken] | None":
        """Return user and token; None for anything but such a header. Raises AuthenticationFailed, PermissionDenied."""
        key = bearer_of(request)
        if not key or key.count(".") == DOTS_OF_A_JWT:
            return None
        token = token_of(key)
        check_scope(token, request.method)
        _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _note_use(token: APIToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        APIToken.objects.filter(pk=token.pk).update(last_used_at=now)


class JwtAuthentication(BaseAuthentication):
    """`Authorization: Bearer <JWT>` of an app. It is good for as long as its session stands."""

    def authenticate(self, request: Request) -> "tuple[User, dict[str, Any]] | None":
        """Return user and claims; None for anything but a JWT. Raises AuthenticationFailed."""
        key = bearer_of(request)
        if key.count(".") != DOTS_OF_A_JWT:
            return None
        found = validate_access_token(key)
        if found is None:
            raise AuthenticationFailed(_("This token is not valid."))
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ApiTokenScheme(OpenApiAuthenticationExtension):
    """Tells the OpenAPI document about personal tokens."""

    target_class = ApiTokenAuthentication
    name = "ApiToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class JwtScheme(OpenApiAuthenticationExtension):
    """Tells the OpenAPI document about the tokens of apps."""

    target_class = JwtAuthentication
    name = "Jwt"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
