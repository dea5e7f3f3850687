from django.db import models
from django.utils.translation import gettext_lazy as _


class Size(models.TextChoices):
    """How many people an organization has, paid or not."""

    UP_TO_5 = "1-5", _("up to 5 people")
    UP_TO_20 = "6-20", _("6 to 20 people")
    UP_TO_100 = "21-100", _("21 to 100 people")
    UP_TO_500 = "101-500", _("101 to 500 people")
    OVER_500 = "500+", _("more than 500 people")
