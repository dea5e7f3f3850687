"""Mail in the reader's language, as HTML (from MJML) and text: written down first, delivered after commit.

A mail `memberships/asked` has three templates: `memberships/mail/asked.subject.txt`, `.txt` and `.mjml`.
The MJML extends `mail/base.mjml`.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from mjml import mjml2html

from .models import OutgoingMail

# After so many failures it stays as it is, and operators see it.
MOST_ATTEMPTS = 8
CLAIM = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)


def post_mail(
    *,
    to: str,
    template: str,
    language: str,
    context: Mapping[str, Any],
    sender: str = "",
    headers: Mapping[str, str] | None = None,
) -> OutgoingMail:
    """Write a mail down, to go out once the transaction holds.

    `template` is `<app>/<name>`, `language` the reader's. Addresses in `context` are whole ones.
    """
    from .tasks import deliver  # tasks call this module

    app, _slash, name = template.partition("/")
    with translation.override(language):
        values = {**context, "site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.WAGTAILADMIN_BASE_URL}
        subject = " ".join(render_to_string(f"{app}/mail/{name}.subject.txt", values).split())
        mail = OutgoingMail.objects.create(
            to=to,
            sender=sender,
            subject=subject[:300],
            text=render_to_string(f"{app}/mail/{name}.txt", values).strip() + "\n",
            html=mjml2html(render_to_string(f"{app}/mail/{name}.mjml", values | {"subject": subject})),
            headers=dict(headers or {}),
            due_at=timezone.now(),
        )
    transaction.on_commit(lambda: deliver.delay(str(mail.pk)))
    return mail


def deliver_mail(mail_id: Any) -> bool:
    """Send a mail unless it is sent, or somebody is at it. Returns whether it went out now.

    It is taken by one conditional update, so that of two workers only one sends it; whoever dies at it leaves it to a
    later sweep.
    """
    now = timezone.now()
    waiting = OutgoingMail.objects.filter(pk=mail_id, sent_at__isnull=True, due_at__lte=now)
    if not waiting.filter(attempts__lt=MOST_ATTEMPTS).update(due_at=now + CLAIM):
        return False
    mail = OutgoingMail.objects.get(pk=mail_id)
    message = EmailMultiAlternatives(mail.subject, mail.text, mail.sender or None, [mail.to], headers=mail.headers)
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except OSError as error:  # what smtplib raises, and sockets
        _note_failure(mail, error)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error="")
    return True


def _note_failure(mail: OutgoingMail, error: Exception) -> None:
    wait = FIRST_WAIT * 2**mail.attempts
    OutgoingMail.objects.filter(pk=mail.pk).update(
        attempts=mail.attempts + 1, last_error=str(error)[:1000], due_at=timezone.now() + wait
    )


def waiting_mails() -> list[Any]:
    """Return the ids of mails that should have gone out by now: what a broker or a worker lost."""
    waiting = OutgoingMail.objects.filter(sent_at__isnull=True, due_at__lte=timezone.now(), attempts__lt=MOST_ATTEMPTS)
    return list(waiting.order_by("due_at").values_list("pk", flat=True)[:500])
