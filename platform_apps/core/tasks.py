"""Deliveries and what sweeps up after them: each is safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from .mail import deliver_mail, waiting_mails
from .models import KeptAnswer, OutgoingMail

KEPT_FOR = timedelta(days=1)
# Long enough to answer "I never got that mail", short enough not to be an archive of what people were told.
SENT_FOR = timedelta(days=14)


@shared_task
def deliver(mail_id: str) -> None:
    """Send one mail."""
    deliver_mail(mail_id)


@shared_task
def sweep_mails() -> None:
    """Send what was left behind."""
    for mail_id in waiting_mails():
        deliver_mail(mail_id)


@shared_task
def forget_what_is_done() -> None:
    """Delete answers that nobody will ask for again, and mails that went out long ago."""
    now = timezone.now()
    KeptAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    OutgoingMail.objects.filter(sent_at__lt=now - SENT_FOR).delete()
