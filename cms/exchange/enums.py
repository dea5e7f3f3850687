"""Names that an import's report and its pages share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What an import does, or would do, with one row."""

    CREATED = "created", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    WRONG = "wrong", _("Wrong")


class RunState(models.TextChoices):
    """Where an import by the admin stands.

    checking: the file was taken and its rows are compared with the site. checked: somebody may look and confirm.
    running: rows are being written. done: the report is complete. refused: the file as a whole cannot be read.
    """

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Waiting for you")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


WORKING_STATES = (RunState.CHECKING, RunState.RUNNING)
