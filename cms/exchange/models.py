import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import WORKING_STATES, RunState


class ImportRun(models.Model):
    """A file that somebody imports by the admin: looked at first, written after they have agreed.

    The file is kept in the database, not in the storage: that is public, and a worker may run on another machine. It
    goes when the import is done. `position` counts rows that are written, `results` holds one object for each row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    data = models.BinaryField()
    kind = models.CharField(_("what the rows are"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=12)
    # In which language its reader is told what is wrong.
    reader_language = models.CharField(max_length=12)
    state = models.CharField(_("state"), max_length=20, choices=RunState.choices, default=RunState.CHECKING)
    refusal = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    results = models.JSONField(default=list)
    total = models.PositiveIntegerField(_("rows"), default=0)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["-created_at"], name="import_run_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.state in WORKING_STATES
