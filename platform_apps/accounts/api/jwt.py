"""JWTs for apps: short access, rotating refresh, and the end of the whole session when a refresh token comes twice."""

from typing import Any

from allauth.headless.internal.sessionkit import lookup_session
from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy, internal
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from platform_apps.accounts.sessions import is_over_for_staff


class TokenStrategy(JWTTokenStrategy):
    """allauth's own, which only refuses a used refresh token. Here it tells that somebody has a copy of it."""

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        """Let the session live as long as its refresh token."""
        request.session.set_expiry(settings.HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN)
        return super().create_access_token_payload(request)

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        """Return a new pair; None for a token that is not good. One that was used before ends its session.

        The session's row is locked meanwhile, so that of two at once the second sees what the first has done.
        """
        payload = internal.decode_token(refresh_token, "refresh")
        session_key = payload and internal.session_key_from_sid(payload["sid"])
        if not payload or not session_key:
            return None
        with transaction.atomic():
            if not Session.objects.select_for_update().filter(pk=session_key).exists():
                return None
            session = lookup_session(session_key)
            if session is None:
                return None
            known = internal.get_refresh_token_state(session)
            if payload["jti"] not in known or is_over_for_staff(session, seen=payload["iat"]):
                Session.objects.filter(pk=session_key).delete()
                UserSession.objects.filter(session_key=session_key).delete()
                return None
            return super().refresh_token(refresh_token)
