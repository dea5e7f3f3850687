"""Accounts: one address is one account, however it is written; demo accounts stay in the demo."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.test import Client

from platform_apps.accounts.models import User
from platform_apps.accounts.services import DEMO_DOMAIN, create_verified_user, refuse_demo_accounts
from platform_apps.accounts.tasks import forget_what_is_over

pytestmark = pytest.mark.django_db
PERSON = {"password": "correct horse battery", "first_name": "Noor", "last_name": "Haddad", "language": "en"}


def test_an_address_is_one_account_however_it_is_written() -> None:
    user = User.objects.create_user("Noor.Haddad@Example.ORG", "correct horse battery")
    assert user.email == "noor.haddad@example.org"
    assert User.objects.get_by_natural_key("NOOR.haddad@example.org") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="NOOR.HADDAD@example.org")])


def test_a_user_needs_an_address_and_a_password_to_sign_in_with() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")
    assert not User.objects.create_user("nobody@example.org").has_usable_password()


def test_a_user_is_called_by_name_or_else_by_address() -> None:
    assert str(User(email="noor@example.org")) == "noor@example.org"
    assert User(email="noor@example.org").get_short_name() == "noor"
    assert str(User(email="noor@example.org", first_name="Noor")) == "Noor"


def test_ids_that_leave_the_server_cannot_be_counted() -> None:
    one, other = (User.objects.create_user(f"{name}@example.org") for name in ("one", "other"))
    assert one.uuid.version == other.uuid.version == 4


def test_a_verified_user_is_made_once_and_brought_up_to_date() -> None:
    user = create_verified_user(email="noor@example.org", **PERSON)
    again = create_verified_user(email="NOOR@example.org", **PERSON | {"last_name": "Haddad-Klein", "language": "de"})
    assert (again.pk, again.last_name, again.preferred_language) == (user.pk, "Haddad-Klein", "de")
    assert again.check_password(PERSON["password"])
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("noor@example.org", True, True)


@pytest.mark.parametrize("address", [f"operator@{DEMO_DOMAIN}", f"Operator@{DEMO_DOMAIN.upper()}"])
def test_production_refuses_a_demo_account(settings: Any, address: str) -> None:
    create_verified_user(email=address, **PERSON)
    refuse_demo_accounts()
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(ImproperlyConfigured, match="demo accounts"):
        refuse_demo_accounts()
    User.objects.update(is_active=False)
    refuse_demo_accounts()


def test_accounts_that_nobody_confirms_are_forgotten_after_a_week(time_machine: Any) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    confirmed = create_verified_user(email="noor@example.org", **PERSON)
    waiting, boss = User.objects.create_user("ana@example.org"), User.objects.create_superuser("boss@example.org")
    for user in (waiting, boss):
        EmailAddress.objects.create(user=user, email=user.email)
    User.objects.create_user("without-address@example.org")
    time_machine.shift(6 * 24 * 3600)
    forget_what_is_over()
    assert User.objects.count() == 4
    time_machine.shift(2 * 24 * 3600)
    forget_what_is_over()
    assert not User.objects.filter(pk=waiting.pk).exists()
    assert User.objects.filter(pk__in=[confirmed.pk, boss.pk]).count() == 2


def test_where_somebody_was_signed_in_is_forgotten_with_the_session(client: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    create_verified_user(email="noor@example.org", **PERSON)
    client.post("/accounts/login/", {"login": "noor@example.org", "password": PERSON["password"]})
    forget_what_is_over()
    assert UserSession.objects.count() == 1
    time_machine.shift(15 * 24 * 3600)
    forget_what_is_over()
    assert UserSession.objects.count() == 0
