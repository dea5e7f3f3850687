"""The one sign-in: by address, verified only, and back to where one came from; the token of a person; the adapter."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from wagtail.models import APIToken

from platform_apps.accounts.adapters import AccountAdapter
from platform_apps.accounts.models import User
from platform_apps.accounts.services import create_verified_user

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LISTS = "/api/v1/sectors/"


@pytest.fixture
def user() -> User:
    return create_verified_user(
        email="noor@example.org", password=PASSWORD, first_name="Noor", last_name="Haddad", language="en"
    )


def sign_in(email: str, password: str = PASSWORD, **fields: str) -> Any:
    return Client().post("/accounts/login/", {"login": email, "password": password} | fields)


@pytest.mark.parametrize("address", ["noor@example.org", "NOOR@Example.org"])
def test_sign_in_is_by_address_however_it_is_written(user: User, address: str) -> None:
    answer = sign_in(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "sessionid" in answer.cookies


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(user: User) -> None:
    known, unknown = sign_in(user.email, "wrong"), sign_in("nora@example.org", "wrong")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert known.context["form"].errors == unknown.context["form"].errors
    assert "sessionid" not in known.cookies


def test_an_unverified_address_and_an_inactive_account_do_not_get_in(user: User) -> None:
    User.objects.create_user("new@example.org", PASSWORD)
    assert "_auth_user_id" not in sign_in("new@example.org").client.session
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert "_auth_user_id" not in sign_in(user.email).client.session


def test_sign_in_leads_back_within_the_site_only(user: User) -> None:
    assert sign_in(user.email, next="/en/projects/").headers["Location"] == "/en/projects/"
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "http://[", "javascript:alert(1)"):
        answer = sign_in(user.email, next=target)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), target


def test_the_session_changes_with_the_sign_in(user: User) -> None:
    client = Client()
    session = client.session
    session["anything"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.session.session_key != session.session_key


def test_accounts_are_made_by_visitors_unless_the_setting_says_no(settings: Any) -> None:
    request = RequestFactory().get("/")
    fields = {"first_name": "New", "email": "new@example.org", "password1": PASSWORD}
    settings.SIGNUP_OPEN = False
    assert not AccountAdapter(request).is_open_for_signup(request)
    assert Client().post("/accounts/signup/", fields).status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()
    settings.SIGNUP_OPEN = True
    assert AccountAdapter(request).is_open_for_signup(request)
    assert Client().post("/accounts/signup/", fields).status_code == 302
    assert User.objects.filter(email="new@example.org").exists()


def test_a_token_stands_for_its_person_until_it_is_revoked(user: User) -> None:
    token, secret = APIToken.create_token(user=user, name="script")

    def ask(header: str) -> Any:
        return Client().get(LISTS, headers={"Authorization": header})

    answer = ask(f"Bearer {secret}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert ask(f"bearer {secret}").status_code == 200
    for header in ("Bearer", "Bearer a b", f"Bearer {secret}x", "Bearer ü", f"Bearer {secret} {secret}"):
        refused = ask(header)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer"), header
    assert ask(f"Basic {secret}").status_code == 200, "another scheme is no token: a visitor"
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert ask(f"Bearer {secret}").status_code == 401
    User.objects.filter(pk=user.pk).update(is_active=True)
    token.revoke()
    assert ask(f"Bearer {secret}").status_code == 401


def test_tokens_are_not_kept_as_they_are(user: User) -> None:
    token, secret = APIToken.create_token(user=user, name="script")
    assert secret not in str(APIToken.objects.filter(pk=token.pk).values().get())
