from django.db import models
from django.utils.translation import gettext_lazy as _


class TokenScope(models.TextChoices):
    """What a personal token may do in its person's name."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")
