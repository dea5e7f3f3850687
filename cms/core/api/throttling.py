import time
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from cms.core.throttling import Limit, is_over_limit

SECONDS = {"s": 1, "min": 60, "h": 3600}


def _limit(name: str) -> Limit:
    number, _slash, period = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][name].partition("/")
    return Limit(f"api-{name}", int(number), SECONDS[period])


class ClientThrottle(BaseThrottle):
    """Counts anonymous clients by address and members by account; atomic, unlike DRF's own."""

    anonymous, member = "anonymous", "member"

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request and return whether it may go on."""
        user = request.user
        is_member = bool(user and user.is_authenticated)
        self.limit = _limit(self.member if is_member else self.anonymous)
        return not is_over_limit(request._request, self.limit, client=f"user-{user.pk}" if is_member else "")

    def wait(self) -> float:
        """Return the seconds until the running window ends."""
        return self.limit.seconds - time.time() % self.limit.seconds


class TypingThrottle(ClientThrottle):
    """For what is asked with every few letters, and costs little: a count of its own, which leaves the other alone."""

    anonymous = member = "typing"


class LookingThrottle(ClientThrottle):
    """For maps, which ask anew with every move: a count of its own, as for typing."""

    anonymous = member = "looking"
