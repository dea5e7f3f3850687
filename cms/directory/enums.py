from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an entry is. `event` is reserved for the events app."""

    HUB = "hub", _("Hub")
    ORGANIZATION = "organization", _("Organization")
    PROJECT = "project", _("Project")
    EVENT = "event", _("Event")
    STORY = "story", _("Story")


class State(models.TextChoices):
    """Where an entry stands between first draft and archive.

    draft: never public so far. in_review: never public, waiting for a reviewer. published: public in at least one
    language. archived: was public, is not any more.
    """

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class Attendance(models.TextChoices):
    """Where something happens."""

    PLACE = "place", _("At a place")
    ONLINE = "online", _("Online")
    BOTH = "both", _("At a place and online")


class Part(models.TextChoices):
    """What an organization does in an entry."""

    LEAD = "lead", _("Leads")
    PARTNER = "partner", _("Partner")
