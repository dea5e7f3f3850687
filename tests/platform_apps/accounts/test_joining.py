"""Joining: by a code to one's own address, and in a way that tells nobody who is here already."""

from typing import Any

import pytest
from django.contrib.auth.hashers import BasePasswordHasher, MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_apps.accounts.models import User
from tests.factories.accounts import PASSWORD, last_mail, mailed_code, make_member

pytestmark = pytest.mark.django_db
SIGNUP, CODE = "/accounts/signup/", "/accounts/confirm-email/"


def fields(**changes: str) -> dict[str, str]:
    person = {"first_name": "Ana", "last_name": "Costa", "email": "ana@example.org", "password1": PASSWORD}
    return person | changes


def join(client: Client, **changes: str) -> Any:
    return client.post(SIGNUP, fields(**changes))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_visitor_becomes_a_member_by_a_code(client: Client) -> None:
    client.get(SIGNUP, {"next": "/de/projekte/"})
    answer = client.post(f"{SIGNUP}?next=/de/projekte/", fields())
    assert (answer.status_code, is_in(client)) == (302, False)
    user = User.objects.get(email="ana@example.org")
    assert (user.get_full_name(), user.preferred_language) == ("Ana Costa", "de")
    assert "Code" in last_mail(user.email).subject
    wrong = client.post(CODE, {"code": "AAAAAA"})
    assert (wrong.status_code, is_in(client)) == (200, False)
    assert client.post(CODE, {"code": mailed_code(user.email)}).status_code == 302
    assert is_in(client)


def test_a_second_click_sends_nothing_more_and_the_code_stays_good(client: Client) -> None:
    join(client)
    code = mailed_code("ana@example.org")
    assert join(client).headers["Location"] == CODE
    assert len(mail.outbox) == 1
    client.post(CODE, {"code": code})
    assert is_in(client)


@pytest.mark.parametrize("door", ["page", "app"])
def test_two_at_the_same_moment_make_one_account(client: Client, monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    make_member("ana@example.org")
    # As if the other one had come after this one has looked.
    monkeypatch.setattr("allauth.account.internal.flows.manage_email.assess_unique_email", lambda *_a, **_k: True)
    if door == "page":
        answer = join(client)
    else:
        fields = {"email": "ana@example.org", "password": PASSWORD, "first_name": "Ana"}
        answer = client.post("/api/v1/app/auth/signup", fields, content_type="application/json")
    assert (answer.status_code, User.objects.count()) == ({"page": 302, "app": 401}[door], 1)


def test_three_wrong_codes_end_it_and_the_right_one_then_opens_nothing(client: Client) -> None:
    join(client)
    code = mailed_code("ana@example.org")
    for _attempt in range(3):
        client.post(CODE, {"code": "ZZZZZZ"})
    client.post(CODE, {"code": code})
    assert not is_in(client)


def test_a_code_works_in_the_window_it_was_asked_from_only(client: Client) -> None:
    join(client)
    other = Client()
    other.post(CODE, {"code": mailed_code("ana@example.org")})
    assert not is_in(other)


def test_an_expired_code_opens_nothing(client: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-11-21T12:00:00Z", tick=False)
    join(client)
    code = mailed_code("ana@example.org")
    time_machine.move_to("2026-11-21T12:15:02Z", tick=False)
    client.post(CODE, {"code": code})
    assert not is_in(client)


@pytest.mark.parametrize(
    "changes",
    [
        {"password1": "x"},
        {"password1": "short words"},
        {"password1": "qwertyuiop123"},
        {"password1": "123456789012"},
        {"password1": "groundswell12"},
        {"password1": "ana@example.org"},
        {"password1": "long " * 100},
        {"email": "not an address"},
        {"email": "ana@example.org\r\nBcc: all@example.org"},
        {"email": "ana@example.org,bob@example.org"},
        {"email": f"{'a' * 250}@example.org"},
        {"first_name": ""},
        {"first_name": "<b>Ana</b>"},
        {"first_name": "Ana\r\nBcc: all@example.org"},
        {"first_name": "An\x00a"},
        {"first_name": "\u202eanA"},
        {"first_name": "See https://evil.example"},
        {"last_name": "x" * 81},
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_makes_nothing(client: Client, changes: dict[str, str]) -> None:
    answer = join(client, **changes)
    assert (answer.status_code, User.objects.count(), mail.outbox) == (200, 0, [])
    assert answer.context["form"].errors.keys() <= changes.keys()
    assert answer.context["form"].errors


def test_a_line_break_around_an_address_is_taken_off_and_reaches_no_header(client: Client) -> None:
    join(client, email=" ana@example.org\r\n")
    assert last_mail("ana@example.org").message()["To"] == "ana@example.org"


class Counted(MD5PasswordHasher):
    """Notes each hash that it makes: what a sign-up costs."""

    made = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).made += 1
        return super().encode(password, salt)


def work(settings: Any, address: str, path: str, data: dict[str, str]) -> tuple[Any, int, int, int]:
    """Return answer, hashes, queries and mails of a request."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    Counted.made, mail.outbox[:] = 0, []
    client = Client()
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post(path, data)
    return answer, Counted.made, len(queries), len([one for one in mail.outbox if one.to == [address]])


@pytest.mark.parametrize("address", ["noor@example.org", "NOOR@Example.org"])
def test_joining_with_a_known_address_looks_and_costs_the_same(settings: Any, address: str) -> None:
    make_member()
    known, hashes, _queries, letters = work(settings, "noor@example.org", SIGNUP, fields(email=address))
    new, new_hashes, _new_queries, new_letters = work(settings, "ana@example.org", SIGNUP, fields())
    assert (known.status_code, known.headers["Location"]) == (new.status_code, new.headers["Location"])
    assert (hashes, letters) == (new_hashes, new_letters) == (1, 1)
    assert known.cookies.keys() == new.cookies.keys()
    assert User.objects.filter(email__iexact=address).count() == 1
    first, second = (one.client.get(CODE).content.decode() for one in (known, new))
    assert first.replace("noor@", "ana@").count("ana@") == second.count("ana@")


def test_the_owner_of_a_known_address_is_told_without_a_code(client: Client) -> None:
    make_member(language="de")
    join(client, email="noor@example.org")
    letter = last_mail("noor@example.org")
    assert letter.subject == "Du hast schon ein Konto"
    assert "/accounts/login/" in letter.body


WRONG = {"password": "wrong"}


@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        ("/accounts/login/", "login", WRONG),
        ("/accounts/login/code/", "email", {}),
        ("/accounts/password/reset/", "email", {}),
    ],
)
def test_who_is_here_shows_neither_in_answers_nor_in_work(
    settings: Any, path: str, field: str, more: dict[str, str]
) -> None:
    make_member()
    known, unknown = "noor@example.org", "x@example.org"
    there, hashes, queries, letters = work(settings, known, path, {field: known} | more)
    nobody, other_hashes, other_queries, other_letters = work(settings, unknown, path, {field: unknown} | more)
    assert (there.status_code, there.get("Location")) == (nobody.status_code, nobody.get("Location"))
    assert (hashes, letters) == (other_hashes, other_letters)
    assert abs(queries - other_queries) <= 3, "three short reads by key; no hash, no mail, no write"


def test_signing_up_is_slowed_down(client: Client) -> None:
    codes = [join(Client(), email=f"ana{number}@example.org").status_code for number in range(7)]
    assert codes[-2:] == [429, 429]
    assert Client().post(SIGNUP, fields(), HTTP_X_FORWARDED_FOR="203.0.113.77").status_code == 429


def test_hashes_are_counted_at_all(settings: Any) -> None:
    assert issubclass(Counted, BasePasswordHasher)
    make_member()
    assert work(settings, "", "/accounts/login/", {"login": "noor@example.org", "password": PASSWORD})[1] > 0
