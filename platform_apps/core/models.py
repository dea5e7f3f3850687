import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptAnswer(models.Model):
    """The answer to a write that carried an `Idempotency-Key`: the same request again gets it again, and does nothing.

    Written in the transaction of the write itself, so that there is none for what was refused.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.status} for {self.key}"


class OutgoingMail(models.Model):
    """A mail that has to go out. Written in the transaction that gives rise to it; a task delivers it afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField(_("to"))
    sender = models.CharField(_("from"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    # Until then no other worker takes it; a worker that dies leaves it to the next sweep.
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at__isnull=True), name="mail_waiting"),
            models.Index(fields=["sent_at"], name="mail_sent_at"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"
