"""Mails as they arrive: by a real server, as text and HTML, in the reader's language, with no header of others."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client, RequestFactory
from django.utils import translation

from platform_apps.accounts.adapters import AccountAdapter
from platform_apps.accounts.letters import LETTERS, send_letter
from tests.factories.accounts import PASSWORD, make_member

pytestmark = pytest.mark.django_db


class Mailbox:
    """Keeps what arrives: envelope and message."""

    def __init__(self) -> None:
        self.arrived: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (its name there)
        self.arrived.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 Kept"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield mailbox
    controller.stop()


def test_a_code_arrives_as_text_and_as_html(mailbox: Mailbox) -> None:
    make_member(language="de")
    Client().post("/accounts/login/code/", {"email": "noor@example.org"})
    [(recipients, message)] = mailbox.arrived
    assert recipients == ["noor@example.org"]
    assert message["Subject"] == "Dein Code zum Anmelden"
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    code = text.split()[0]
    assert code in html
    assert "<mj-" not in html
    assert 'lang="de"' in html


@pytest.mark.parametrize(
    "address", ["ana@example.org\r\nBcc: all@example.org", "ana@example.org\nSubject: x", "ana@example.org%0aBcc:x@y.z"]
)
def test_no_address_smuggles_in_a_header(mailbox: Mailbox, address: str) -> None:
    fields = {"first_name": "Ana\r\nBcc: all@example.org", "email": address, "password1": PASSWORD}
    for path, data in (
        ("/accounts/signup/", fields),
        ("/accounts/signup/", fields | {"first_name": "Ana"}),
        ("/accounts/password/reset/", {"email": address}),
        ("/accounts/login/code/", {"email": address}),
    ):
        assert Client().post(path, data).status_code < 500
    for recipients, message in mailbox.arrived:
        assert len(recipients) == 1
        assert message["Bcc"] is None
        assert "all@example.org" not in str(message)


@pytest.mark.parametrize("name", sorted(LETTERS))
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_letter_is_whole_in_every_language(mailbox: Mailbox, name: str, language: str) -> None:
    context = {
        "code": "ABC-DEF", "password_reset_url": "https://network.example/reset", "ip": "203.0.113.5",
        "from_email": "old{0}@example.org", "to_email": "new@example.org", "deleted_email": "<b>@example.org",
    }  # fmt: skip
    with translation.override(language):
        send_letter(name, to="stranger@example.org", context=context)
    [(_recipients, message)] = mailbox.arrived
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    assert message["Subject"].strip()
    assert "{" not in text.replace("{0}", "")
    assert "<b>@example.org" not in html
    if LETTERS[name].has_code:
        assert text.startswith("ABC-DEF")


def test_the_account_speaks_its_own_language_whoever_asks(mailbox: Mailbox) -> None:
    make_member(language="de")
    with translation.override("en"):
        AccountAdapter(RequestFactory().get("/")).send_mail("account/email/password_changed", "noor@example.org", {})
    assert mailbox.arrived[0][1]["Subject"] == "Dein Passwort wurde geändert"
