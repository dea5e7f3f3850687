"""Apps: signing in by JSON, short tokens that are renewed, and a theft that is noticed."""

import json
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client

from platform_apps.accounts.models import User
from platform_apps.accounts.sessions import end_other_sessions
from tests.factories.accounts import PASSWORD, mailed_code, make_member

pytestmark = pytest.mark.django_db
APP = "/api/v1/app"
MINE = "/api/v1/tokens/"


def post(path: str, data: Any = None, **headers: str) -> Any:
    return Client(raise_request_exception=False).post(
        f"{APP}/{path}", data, content_type="application/json", headers=headers
    )


def sign_in(user: User) -> dict[str, str]:
    answer = post("auth/login", {"email": user.email, "password": PASSWORD})
    assert answer.status_code == 200, answer.content
    return answer.json()["meta"]


def ask(access: str) -> int:
    return Client().get(MINE, headers={"Authorization": f"Bearer {access}"}).status_code


def refresh(token: str) -> Any:
    return post("tokens/refresh", {"refresh_token": token})


def test_an_app_signs_in_and_asks_with_a_jwt() -> None:
    user = make_member()
    meta = sign_in(user)
    assert ask(meta["access_token"]) == 200
    assert ask(meta["access_token"] + "x") == 401
    assert ask(meta["refresh_token"]) == 401, "a refresh token opens nothing else"
    assert ask("a.b.c") == 401
    shown = Client().get(f"{APP}/auth/session", headers={"X-Session-Token": meta["session_token"]}).json()
    assert shown["data"]["user"]["id"] == str(user.uuid)


def test_a_wrong_password_opens_nothing() -> None:
    make_member()
    answer = post("auth/login", {"email": "noor@example.org", "password": "wrong"})
    other = post("auth/login", {"email": "nobody@example.org", "password": "wrong"})
    assert (answer.status_code, answer.json()) == (other.status_code, other.json())
    assert answer.status_code == 400


def test_joining_by_app() -> None:
    fields = {"email": "ana@example.org", "password": PASSWORD, "first_name": "Ana"}
    answer = post("auth/signup", fields, **{"Accept-Language": "de"})
    token = answer.json()["meta"]["session_token"]
    assert (answer.status_code, User.objects.get().preferred_language) == (401, "de")
    done = post("auth/email/verify", {"key": mailed_code("ana@example.org")}, **{"X-Session-Token": token})
    assert done.status_code == 200
    assert ask(done.json()["meta"]["access_token"]) == 200


@pytest.mark.parametrize(
    "changes", [{"password": "x"}, {"first_name": "<b>"}, {"first_name": "a\r\nb"}, {"email": "x"}]
)
def test_apps_are_held_to_what_pages_are(changes: dict[str, str]) -> None:
    fields = {"email": "ana@example.org", "password": PASSWORD, "first_name": "Ana"}
    assert (post("auth/signup", fields | changes).status_code, User.objects.count()) == (400, 0)


def test_the_second_factor_is_asked_for() -> None:
    user = make_member()
    TOTP.activate(user, generate_totp_secret())
    answer = post("auth/login", {"email": user.email, "password": PASSWORD})
    assert answer.status_code == 401
    assert "access_token" not in answer.json()["meta"]


def test_an_access_token_is_good_for_five_minutes_and_renewed_for_thirty_days(time_machine: Any) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    meta = sign_in(make_member())
    time_machine.shift(301)
    assert ask(meta["access_token"]) == 401
    time_machine.shift(29 * 24 * 3600)
    renewed = refresh(meta["refresh_token"]).json()["data"]
    assert ask(renewed["access_token"]) == 200
    time_machine.shift(30 * 24 * 3600 + 1)
    assert refresh(renewed["refresh_token"]).status_code == 400


def test_each_renewal_gives_new_tokens() -> None:
    meta = sign_in(make_member())
    first = refresh(meta["refresh_token"]).json()["data"]
    second = refresh(first["refresh_token"]).json()["data"]
    assert len({meta["refresh_token"], first["refresh_token"], second["refresh_token"]}) == 3
    assert ask(second["access_token"]) == 200


def test_a_refresh_token_that_comes_twice_ends_the_session_for_thief_and_owner() -> None:
    user = make_member()
    meta, other = sign_in(user), sign_in(user)
    owner = refresh(meta["refresh_token"]).json()["data"]
    assert ask(owner["access_token"]) == 200
    assert refresh(meta["refresh_token"]).status_code == 400, "the thief's"
    assert ask(owner["access_token"]) == 401, "at once"
    assert refresh(owner["refresh_token"]).status_code == 400
    assert Client().get(f"{APP}/auth/session", headers={"X-Session-Token": meta["session_token"]}).status_code == 410
    assert ask(other["access_token"]) == 200, "the person's other sessions are not touched"


def test_an_ended_session_takes_its_tokens_with_it() -> None:
    user = make_member()
    meta = sign_in(user)
    end_other_sessions(user=user, current_key=None)
    assert (ask(meta["access_token"]), refresh(meta["refresh_token"]).status_code) == (401, 400)


def test_signing_out_and_a_closed_account_are_over_at_once() -> None:
    user = make_member()
    meta, other = sign_in(user), sign_in(user)
    Client().delete(f"{APP}/auth/session", headers={"X-Session-Token": meta["session_token"]})
    assert (ask(meta["access_token"]), ask(other["access_token"])) == (401, 200)
    User.objects.update(is_active=False)
    assert (ask(other["access_token"]), refresh(other["refresh_token"]).status_code) == (401, 400)


def test_a_new_password_ends_the_apps(client: Client) -> None:
    user = make_member()
    meta = sign_in(user)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    new = "a new phrase to remember"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (ask(meta["access_token"]), refresh(meta["refresh_token"]).status_code) == (401, 400)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"1" * 5000, b'{"email": ' + b"1" * 5000 + b"}", b"[" * 100_000, b"\xff", b'"x"',
     b'{"email": {"a": []}, "password": [1]}', b'{"email": NaN, "password": NaN}', b'{"refresh_token": {"a": 1}}'],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["auth/login", "auth/signup", "tokens/refresh", "auth/code/request", "auth/password/request"]
)
def test_rubbish_is_refused(body: bytes, path: str) -> None:
    answer = Client(raise_request_exception=False).post(f"{APP}/{path}", body, content_type="application/json")
    assert 400 <= answer.status_code < 500, json.dumps(str(answer.content))
