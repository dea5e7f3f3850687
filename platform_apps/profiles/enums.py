from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who sees one field of a profile."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members")
    CIRCLE = "circle", _("People I share a hub, organization or project with")
    NOBODY = "nobody", _("Nobody")


class Relation(models.TextChoices):
    """What a viewer is to the person whose profile they look at. Everybody stands in their own circle."""

    STRANGER = "everyone", _("Everyone")
    MEMBER = "members", _("A member")
    CLOSE = "circle", _("Somebody of my circle")


class Availability(models.TextChoices):
    """How much time somebody has for things that need hands."""

    NONE = "none", _("No time at the moment")
    ON_OCCASION = "on_occasion", _("Now and then")
    HOURS_A_WEEK = "hours_a_week", _("A few hours a week")
    DAYS_A_WEEK = "days_a_week", _("A day a week or more")


class Level(models.IntegerChoices):
    """How well somebody can do something."""

    LEARNING = 1, _("Learning it")
    ABLE = 2, _("Can do it")
    TEACHING = 3, _("Can teach it")


class Order(models.TextChoices):
    """How lists of people are sorted."""

    NEWEST = "newest", _("newest members first")
    NAME = "name", _("by name")
