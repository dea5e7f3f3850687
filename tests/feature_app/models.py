from django.db import models

from cms.directory.models import Entry


class Cheer(models.Model):
    """Somebody cheered for an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"cheer for {self.entry_id}"
