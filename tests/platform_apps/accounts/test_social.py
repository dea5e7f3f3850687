"""Signing in with an account elsewhere, against a provider on this machine, over HTTP."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from platform_apps.accounts.models import User
from tests.factories.accounts import last_mail, make_member
from tests.oidc_server import CLIENT, SECRET, Provider, running_provider

pytestmark = pytest.mark.django_db
LOGIN, CALLBACK = "/accounts/oidc/oidc/login/", "/accounts/oidc/oidc/login/callback/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as running:
        running.person = {
            "sub": "4711", "email": "ana@example.org", "email_verified": True,
            "given_name": "Ana", "family_name": "Costa",
        }  # fmt: skip
        settings.SIGN_IN_HOSTS = [running.url]
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "oidc", "name": "The alliance", "client_id": CLIENT, "secret": SECRET,
                        "settings": {"server_url": running.url},
                    }
                ],
            }
        }  # fmt: skip
        yield running


def way_back(client: Client, path: str = LOGIN) -> str:
    """Go to the provider and let it send the browser back; returns the address that it is sent to."""
    answer = client.post(path)
    assert answer.status_code == 302, answer.content
    return httpx.get(answer.headers["Location"]).headers["Location"]


def follow(client: Client, address: str) -> Any:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_offers_it_and_its_policy_lets_the_form_go_there(provider: Provider, client: Client) -> None:
    page = client.get("/accounts/login/")
    assert "The alliance" in page.content.decode()
    assert f"form-action 'self' {provider.url}" in page.headers["Content-Security-Policy"]
    assert client.get(LOGIN).status_code == 200, "asking alone signs nobody in"


def test_a_stranger_joins_with_a_verified_address(provider: Provider, client: Client) -> None:
    follow(client, way_back(client))
    user = User.objects.get()
    assert (user.email, user.get_full_name(), is_in(client)) == ("ana@example.org", "Ana Costa", True)
    assert not user.has_usable_password()
    assert not SocialToken.objects.exists()
    again = Client()
    follow(again, way_back(again))
    assert is_in(again)
    assert User.objects.count() == 1


def test_an_unverified_address_has_to_be_confirmed_first(provider: Provider, client: Client) -> None:
    provider.person["email_verified"] = False
    follow(client, way_back(client))
    assert not is_in(client)
    assert "code" in last_mail("ana@example.org").subject.lower()


@pytest.mark.parametrize("is_verified", [True, False])
@pytest.mark.parametrize("address", ["noor@example.org", "NOOR@example.org"])
def test_an_equal_address_does_not_open_the_account_that_has_it(
    provider: Provider, client: Client, is_verified: bool, address: str
) -> None:
    make_member()
    provider.person |= {"email": address, "email_verified": is_verified}
    follow(client, way_back(client))
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    assert last_mail("noor@example.org").subject == "You have an account already"


@pytest.mark.parametrize("change", ["missing", "other", "anothers"])
def test_a_state_that_is_not_ours_is_refused(provider: Provider, client: Client, change: str) -> None:
    address = way_back(client)
    code = parse_qs(urlsplit(address).query)["code"][0]
    other = Client()
    state = {"missing": "", "other": "&state=made-up", "anothers": "&" + urlsplit(way_back(other)).query.split("&")[1]}
    follow(client, f"{CALLBACK}?code={code}{state[change]}")
    assert not is_in(client)
    assert not User.objects.exists()


def test_a_state_works_once(provider: Provider, client: Client) -> None:
    address = way_back(client)
    follow(client, address)
    client.logout()
    follow(client, address)
    assert not is_in(client)


def test_a_foreign_code_is_refused(provider: Provider, client: Client) -> None:
    """PKCE: a code that was caught on its way to somebody else is worth nothing here."""
    stolen = parse_qs(urlsplit(way_back(Client())).query)["code"][0]
    state = parse_qs(urlsplit(way_back(client)).query)["state"][0]
    answer = follow(client, f"{CALLBACK}?code={stolen}&state={state}")
    assert answer.status_code < 500
    assert not is_in(client)


def test_names_are_taken_over_only_as_they_could_be_typed(provider: Provider, client: Client) -> None:
    provider.person |= {"given_name": "<script>Ana", "family_name": "Cos\u202eta", "name": ""}
    follow(client, way_back(client))
    assert User.objects.get().get_full_name() == "ana@example.org"


def test_somebody_who_is_in_connects_and_disconnects(provider: Provider, client: Client) -> None:
    user = make_member()
    client.post("/accounts/login/", {"login": user.email, "password": "correct horse battery staple"})
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    follow(client, way_back(client, f"{LOGIN}?process=connect"))
    [account] = SocialAccount.objects.filter(user=user)
    other = Client()
    follow(other, way_back(other))
    assert other.session["_auth_user_id"] == str(user.pk)
    assert "The alliance" in client.get("/accounts/3rdparty/").content.decode()
    assert client.post("/accounts/3rdparty/", {"account": account.pk}).status_code == 302
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in other.session, "what came in that way ends with it"


def test_the_second_factor_is_asked_for_on_this_way_too(provider: Provider, client: Client) -> None:
    follow(client, way_back(client))
    TOTP.activate(User.objects.get(), generate_totp_secret())
    other = Client()
    answer = follow(other, way_back(other))
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(other)


def test_a_provider_that_is_down_is_no_fault_of_ours(provider: Provider, client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:1"
    answer = client.post(LOGIN)
    assert (answer.status_code, "did not work" in answer.content.decode()) == (503, True)


def test_where_signing_up_is_closed_this_way_is_too(provider: Provider, client: Client, settings: Any) -> None:
    settings.SIGNUP_OPEN = False
    follow(client, way_back(client))
    assert (is_in(client), User.objects.exists()) == (False, False)


@pytest.mark.parametrize("path", ["github/login/", "github/login/callback/", "google/login/", "oidc/nobody/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_site_that_is_not_set_up_is_not_there(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(f"/accounts/{path}").status_code == 404
