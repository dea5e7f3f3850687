"""People with accounts, and what reaches them by mail."""

import re
from typing import Any

from django.core import mail

from platform_apps.accounts.models import User
from platform_apps.accounts.services import create_verified_user

PASSWORD = "correct horse battery staple"
CODE = re.compile(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4}|\d{6})$", re.MULTILINE)


def make_member(email: str = "noor@example.org", *, language: str = "en", first_name: str = "Noor") -> User:
    """Make somebody who can sign in with PASSWORD."""
    return create_verified_user(
        email=email, password=PASSWORD, first_name=first_name, last_name="Haddad", language=language
    )


def last_mail(address: str) -> Any:
    """Return the latest mail to an address."""
    return [one for one in mail.outbox if one.to == [address]][-1]


def mailed_code(address: str) -> str:
    """Return the code in the latest mail to an address."""
    return CODE.search(last_mail(address).body)[1]


def mailed_link(address: str) -> str:
    """Return the path of the link in the latest mail to an address."""
    return re.search(r"https?://[^/\s]+(/\S+)", last_mail(address).body)[1]
