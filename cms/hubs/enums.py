from django.db import models
from django.utils.translation import gettext_lazy as _


class HubKind(models.TextChoices):
    """What holds a hub together."""

    LOCATION = "location", _("A place")
    SECTOR = "sector", _("A sector")
    CUSTOM = "custom", _("Something else")


class HeadlineFace(models.TextChoices):
    """The shipped headline faces."""

    SERIF = "serif", _("Serif")
    SERIF_BOLD = "serif-bold", _("Strong serif")
    SANS = "sans", _("Sans")
