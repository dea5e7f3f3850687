"""Mails are written down with what gives rise to them, and go out once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from platform_apps.core.mail import MOST_ATTEMPTS, deliver_mail, post_mail
from platform_apps.core.models import OutgoingMail
from platform_apps.core.tasks import forget_what_is_done, sweep_mails

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _templates(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "sample" / "mail"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("Hello,\n {{ name|safe }}")
    (folder / "hello.txt").write_text("{% load i18n %}{% translate 'Search' %} {{ name|safe }}")
    (folder / "hello.mjml").write_text(
        "{% extends 'mail/base.mjml' %}{% block content %}<mj-text>{{ name }}</mj-text>{% endblock %}"
    )
    templates = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    settings.TEMPLATES = templates


def post(name: str = "Ana") -> OutgoingMail:
    return post_mail(to="ana@example.org", template="sample/hello", language="de", context={"name": name})


def test_it_goes_out_after_the_commit_in_the_readers_language(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        kept = post("Ana <b>")
        assert not mail.outbox
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["ana@example.org"], "Hello, Ana <b>")
    assert sent.body == "Suche Ana <b>\n"
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "Ana &lt;b&gt;" in html
    assert "<mj-" not in html
    kept.refresh_from_db()
    assert kept.sent_at


def test_no_line_of_a_name_becomes_a_header() -> None:
    assert post("Ana\r\nBcc: all@example.org").subject == "Hello, Ana Bcc: all@example.org"


def test_what_is_undone_is_not_sent() -> None:
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_delivered_twice_goes_out_once() -> None:
    kept = post()
    assert [deliver_mail(kept.pk), deliver_mail(kept.pk)] == [True, False]
    assert len(mail.outbox) == 1


def test_what_a_worker_left_behind_is_swept_up() -> None:
    kept = post()
    OutgoingMail.objects.update(due_at=timezone.now() + timedelta(minutes=5))
    sweep_mails()
    assert not mail.outbox
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    sweep_mails()
    sweep_mails()
    assert len(mail.outbox) == 1
    kept.refresh_from_db()
    assert kept.sent_at


def test_a_server_that_refuses_is_asked_again_later_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_message: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    kept = post()
    waits = []
    for _attempt in range(MOST_ATTEMPTS):
        assert not deliver_mail(kept.pk)
        kept.refresh_from_db()
        waits.append(kept.due_at - timezone.now())
        OutgoingMail.objects.update(due_at=timezone.now())
    assert waits == sorted(waits)
    assert (kept.attempts, kept.sent_at) == (MOST_ATTEMPTS, None)
    monkeypatch.undo()
    sweep_mails()
    assert not mail.outbox


def test_old_mails_are_forgotten() -> None:
    old, new, waiting = post("old"), post("new"), post("waiting")
    OutgoingMail.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=15))
    OutgoingMail.objects.filter(pk=new.pk).update(sent_at=timezone.now())
    forget_what_is_done()
    assert set(OutgoingMail.objects.values_list("pk", flat=True)) == {new.pk, waiting.pk}
