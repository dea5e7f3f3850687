"""Codes, links and new passwords: each works once, for a while, and dies with what it was made for."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils.http import int_to_base36

from platform_apps.accounts.models import User
from tests.factories.accounts import PASSWORD, last_mail, mailed_code, mailed_link, make_member

pytestmark = pytest.mark.django_db
NEW = "a new phrase to remember"
RESET = "/accounts/password/reset/"


def signed_in(user: User) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def sure(client: Client) -> Client:
    """Prove once more who is there, as changes to the account ask for."""
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def open_link(path: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.get(path, follow=True)


def test_a_code_signs_in_once(client: Client) -> None:
    user = make_member()
    client.post("/accounts/login/code/", {"email": "NOOR@example.org"})
    code = mailed_code(user.email)
    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert is_in(client)
    other = Client()
    other.post("/accounts/login/code/", {"email": user.email})
    other.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(other)


@pytest.mark.parametrize("way", ["code", "link"])
def test_an_account_that_a_stranger_has_prepared_opens_to_its_owner_alone(client: Client, way: str) -> None:
    """Somebody makes an account with my address and their password, and waits until I confirm it."""
    fields = {"first_name": "Ana", "email": "ana@example.org", "password1": PASSWORD}
    Client().post("/accounts/signup/", fields)
    if way == "code":
        client.post("/accounts/login/code/", {"email": "ana@example.org"})
        client.post("/accounts/login/code/confirm/", {"code": mailed_code("ana@example.org")})
        assert is_in(client)
    else:
        client.post(RESET, {"email": "ana@example.org"})
        form = client.get(mailed_link("ana@example.org"), follow=True)
        client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
        assert User.objects.get().check_password(NEW)
    stranger = Client()
    stranger.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert not is_in(stranger)


def test_a_link_sets_a_password_once_and_ends_every_session() -> None:
    user = make_member()
    inside = signed_in(user)
    Client().post(RESET, {"email": user.email})
    path = mailed_link(user.email)
    client, form = open_link(path)
    assert client.post(form.request["PATH_INFO"], {"password1": "x", "password2": "x"}).status_code == 200
    assert is_in(inside), "what was refused changes nothing"
    assert client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert not is_in(inside)
    assert last_mail(user.email).subject == "Your password was changed"
    again, used = open_link(path)
    assert used.context["token_fail"]
    again.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_dies_with_the_password_it_was_made_for() -> None:
    user = make_member()
    Client().post(RESET, {"email": user.email})
    path = mailed_link(user.email)
    user.set_password(NEW)
    user.save()
    assert open_link(path)[1].context["token_fail"]


def test_a_link_is_good_for_an_hour(time_machine: Any) -> None:
    time_machine.move_to("2026-11-21T12:00:00Z", tick=False)
    user = make_member()
    Client().post(RESET, {"email": user.email})
    path = mailed_link(user.email)
    time_machine.move_to("2026-11-21T13:00:02Z", tick=False)
    assert open_link(path)[1].context["token_fail"]


def test_a_link_is_bound_to_its_person() -> None:
    user, other = make_member(), make_member("bob@example.org")
    Client().post(RESET, {"email": user.email})
    key = mailed_link(user.email).rstrip("/").rpartition("/")[2].partition("-")[2]
    path = f"/accounts/password/reset/key/{int_to_base36(other.pk)}-{key}/"
    assert open_link(path)[1].context["token_fail"]


def test_the_link_leads_to_this_site_whatever_host_was_claimed(settings: Any) -> None:
    user = make_member()
    settings.WAGTAILADMIN_BASE_URL = "https://network.example"
    Client().post(RESET, {"email": user.email}, HTTP_HOST="evil.example")
    assert "https://network.example/accounts/" in last_mail(user.email).body
    assert "evil.example" not in last_mail(user.email).body


def test_asking_for_links_is_slowed_down() -> None:
    user = make_member()
    for _time in range(8):
        Client().post(RESET, {"email": user.email})
    assert len(mail.outbox) == 5


def test_a_new_password_ends_the_other_sessions_at_once() -> None:
    user = make_member()
    here, there = signed_in(user), signed_in(user)
    answer = here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_new_address_is_confirmed_there_and_told_to_the_old_one() -> None:
    user = make_member(language="de")
    here, there = sure(signed_in(user)), signed_in(user)
    here.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "noor@example.org", "not before it is confirmed"
    code = mailed_code("new@example.org")
    assert here.post("/accounts/confirm-email/", {"code": code}).status_code == 302
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert [one.email for one in EmailAddress.objects.filter(user=user)] == ["new@example.org"]
    assert "new@example.org" in last_mail("noor@example.org").body
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_new_address_takes_a_fresh_proof_of_who_asks(time_machine: Any) -> None:
    time_machine.move_to("2026-11-21T12:00:00Z", tick=False)
    user = make_member()
    client = sure(signed_in(user))
    time_machine.move_to("2026-11-21T12:16:00Z", tick=False)
    answer = client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not mail.outbox


@pytest.mark.parametrize("address", ["bob@example.org", "BOB@example.org"])
@pytest.mark.parametrize("is_verified", [True, False])
def test_nobody_gets_the_address_of_another_account(address: str, is_verified: bool) -> None:
    user, bob = make_member(), make_member("bob@example.org")
    EmailAddress.objects.filter(user=bob).update(verified=is_verified)
    client = sure(signed_in(user))
    client.post("/accounts/email/", {"email": address, "action_add": ""})
    letters = [one for one in mail.outbox if one.to == ["bob@example.org"]]
    code = mailed_code("bob@example.org") if letters and "code" in letters[-1].subject.lower() else "AAAAAA"
    assert client.post("/accounts/confirm-email/", {"code": code}).status_code < 500
    user.refresh_from_db()
    assert user.email == "noor@example.org"
    assert EmailAddress.objects.get(user=user).email == "noor@example.org"


def test_an_address_that_was_taken_meanwhile_is_refused() -> None:
    user = make_member()
    client = sure(signed_in(user))
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    code = mailed_code("new@example.org")
    User.objects.create_user("new@example.org", PASSWORD)
    assert client.post("/accounts/confirm-email/", {"code": code}).status_code < 500
    user.refresh_from_db()
    assert user.email == "noor@example.org"
    assert EmailAddress.objects.filter(user=user, primary=True).get().email == "noor@example.org"


def test_pages_speak_the_language_one_came_from_and_then_ones_own(client: Client) -> None:
    assert 'lang="de"' in client.get("/accounts/login/?next=/de/").content.decode()
    assert 'lang="de"' in client.get("/accounts/signup/").content.decode()
    user = make_member(language="de")
    assert 'lang="de"' in signed_in(user).get("/accounts/").content.decode()
    for odd in ("//de/", "de/", "/xx/", "http://[", "/de\\/", "x" * 5000):
        assert Client().get("/accounts/login/", {"next": odd}).status_code == 200
