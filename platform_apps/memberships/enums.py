from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.directory.enums import Kind

# What people can join. Stories are told, not joined.
JOINABLE_KINDS = (Kind.HUB, Kind.ORGANIZATION, Kind.PROJECT)


class Role(models.TextChoices):
    """What somebody may do in an entry. Each role may do what those before it may."""

    MEMBER = "member", _("Member")
    EDITOR = "editor", _("Editor")
    ADMIN = "admin", _("Admin")


# From the least to the most, for comparing.
RANKS = {role: rank for rank, role in enumerate(Role.values)}
# Who works on a hub's pages: they are in the hub's group as well.
RUNNING_ROLES = (Role.EDITOR, Role.ADMIN)


class Standing(models.TextChoices):
    """How a person stands to an entry.

    asked: added by an admin, has not agreed yet. requested: has asked to join, nobody has decided. active: belongs to
    it. refused: did not agree to be added. withdrawn: took the request back, or the question was taken back. declined:
    an admin said no. left, removed: belonged to it once. banned: may not come back until an admin allows it.
    """

    ASKED = "asked", _("Asked to join")
    REQUESTED = "requested", _("Wants to join")
    ACTIVE = "active", _("Active")
    REFUSED = "refused", _("Did not agree")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("Left")
    REMOVED = "removed", _("Removed")
    BANNED = "banned", _("Banned")


FORMER_STANDINGS = (Standing.LEFT, Standing.REMOVED)
WAITING_STANDINGS = (Standing.ASKED, Standing.REQUESTED)


class JoinPolicy(models.TextChoices):
    """How people come into an entry."""

    OPEN = "open", _("Anybody can join")
    REQUEST = "request", _("People ask, an admin decides")
    INVITATION = "invitation", _("Only with an invitation")


DEFAULT_POLICIES = {Kind.HUB: JoinPolicy.OPEN}
