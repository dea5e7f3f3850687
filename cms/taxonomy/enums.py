from django.db import models
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.TextChoices):
    """What a term is used for."""

    SECTOR = "sector", _("Sector")
    SKILL = "skill", _("Skill")
    ORGANIZATION_TYPE = "organization_type", _("Organization type")
    PROJECT_STATUS = "project_status", _("Project status")


class Phase(models.TextChoices):
    """Where in its life a project is, whatever word an editor chose for it."""

    PLANNED = "planned", _("Planned")
    RECRUITING = "recruiting", _("Looking for people")
    ACTIVE = "active", _("Running")
    DONE = "done", _("Done")
    PAUSED = "paused", _("Paused")


class Hue(models.TextChoices):
    """The design system's sector hues."""

    ENERGY = "energy", _("Ochre")
    MOBILITY = "mobility", _("Blue")
    FOOD = "food", _("Olive")
    BUILDINGS = "buildings", _("Brick")
    NATURE = "nature", _("Green")
    CIRCULAR = "circular", _("Plum")
    LEARNING = "learning", _("Violet")
    WATER = "water", _("Petrol")
