"""Sessions: how long they last, which ones a person has, and how they end."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from .permissions import can_enter_admin

BEGUN, SEEN, IS_STAFF = "session_begun", "session_seen", "session_is_staff"
# A session that is looked at once a minute costs a write a minute, not one with every click.
SEEN_EVERY = 60


def note_sign_in(request: HttpRequest, user: Any) -> None:
    """Write down when a session began, and whether the shorter limits of the admin hold for it."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
    request.session[IS_STAFF] = can_enter_admin(user)


def is_over(session: SessionBase) -> bool:
    """Return whether a session has lasted long enough, or was left alone for too long."""
    begun = session.get(BEGUN)
    if begun is None:
        return False
    if session.get(IS_STAFF):
        return is_over_for_staff(session, seen=session.get(SEEN, begun))
    return time.time() - begun > settings.SESSION_COOKIE_AGE


def is_over_for_staff(session: SessionBase, *, seen: float) -> bool:
    """Return whether a session breaks the limits of those who may enter the admin; others have none here."""
    now = time.time()
    if not session.get(IS_STAFF):
        return False
    return now - session.get(BEGUN, now) > settings.STAFF_SESSION_AGE or now - seen > settings.STAFF_SESSION_IDLE


class SessionLimitsMiddleware:
    """Ends sessions that are over, whatever their cookie says. Who may enter the admin has less time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _keep_or_end(request)
        return self.get_response(request)


def _keep_or_end(request: HttpRequest) -> None:
    session = request.session
    if is_over(session):
        logout(request)
        return
    # Rights can come after the sign-in.
    if request.path.startswith("/admin/") and not session.get(IS_STAFF) and can_enter_admin(request.user):
        session[IS_STAFF], session[SEEN] = True, int(time.time())
    if session.get(IS_STAFF) and time.time() - session.get(SEEN, 0) > SEEN_EVERY:
        session[SEEN] = int(time.time())


@dataclass(frozen=True)
class OwnSession:
    """One of a person's sessions, as they see it. `id` says nothing of its key."""

    id: str
    begun: datetime
    ip: str
    browser: str
    is_current: bool


def _id_of(session_key: str) -> str:
    return salted_hmac("accounts.session", session_key, algorithm="sha256").hexdigest()[:32]


def _standing(user: Any) -> list[UserSession]:
    sessions = list(UserSession.objects.filter(user=user).order_by("-created_at"))
    keys = [one.session_key for one in sessions]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list("pk", flat=True)
    )
    return [one for one in sessions if one.session_key in alive]


def sessions_of(user: Any, current_key: str | None) -> list[OwnSession]:
    """Return a person's sessions, the one at hand first, then the latest. Two queries."""
    found = [
        OwnSession(
            id=_id_of(one.session_key),
            begun=one.created_at,
            ip=one.ip,
            browser=one.user_agent,
            is_current=one.session_key == current_key,
        )
        for one in _standing(user)
    ]
    return sorted(found, key=lambda one: not one.is_current)


def end_session(*, user: Any, session_id: str) -> bool:
    """End one of a person's own sessions. Returns whether there was one."""
    for one in UserSession.objects.filter(user=user):
        if constant_time_compare(_id_of(one.session_key), session_id):
            _end([one.session_key])
            return True
    return False


def end_other_sessions(*, user: Any, current_key: str | None) -> None:
    """End every session of a person but the one at hand."""
    keys = UserSession.objects.filter(user=user).exclude(session_key=current_key or "")
    _end(list(keys.values_list("session_key", flat=True)))


@transaction.atomic
def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
