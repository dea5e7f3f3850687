"""How a use case says no. Whoever opens a door to it turns these into an answer; nothing was changed."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class NotAllowedError(PermissionDenied):
    """The person may not do this. The message, if any, is shown to them."""


class ConflictError(Exception):
    """What was asked for does not go with how things are by now: taken, used up, changed by somebody else.

    The message is shown to the person.
    """


def require(is_allowed: bool, message: str | Promise = "") -> None:  # noqa: FBT001 (reads as a sentence)
    """Raise NotAllowedError unless it is allowed."""
    if not is_allowed:
        raise NotAllowedError(message)
