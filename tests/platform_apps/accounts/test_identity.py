"""Partner sites sign people in with us: authorization code with PKCE, over HTTP, against the running site."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from allauth.idp.oidc.models import Client as Partner

from platform_apps.accounts.models import User
from tests.factories.accounts import PASSWORD, make_member

pytestmark = pytest.mark.django_db(transaction=True)
BACK = "https://partner.example/back"
SECRET = "what only the partner knows"


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def partner(site: str) -> Partner:
    partner = Partner(id="partner", name="Partner <b>network</b>", redirect_uris=BACK, scopes="openid\nprofile\nemail")
    partner.set_secret(SECRET)
    partner.save()
    return partner


def signed_in(site: str, user: User) -> httpx.Client:
    browser = httpx.Client(base_url=site, follow_redirects=False)
    page = browser.get("/accounts/login/").text
    browser.post("/accounts/login/", data=hidden(page) | {"login": user.email, "password": PASSWORD})
    return browser


def hidden(page: str) -> dict[str, str]:
    tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
    found = {}
    for tag in tags:
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        found[name[1]] = unescape(value[1]) if value else ""
    return found


def question(verifier: str, **changes: str) -> dict[str, str]:
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return {
        "response_type": "code", "client_id": "partner", "redirect_uri": BACK, "scope": "openid profile",
        "state": "theirs", "code_challenge": challenge, "code_challenge_method": "S256",
    } | changes  # fmt: skip


def consent(browser: httpx.Client, verifier: str, **form: Any) -> Any:
    page = browser.get("/identity/o/authorize", params=question(verifier))
    assert page.status_code == 200, page.text
    data = hidden(page.text) | {"scopes": ["openid", "profile"], "action": "grant"} | form
    return page, browser.post("/identity/o/authorize", data=data)


def exchange(site: str, code: str, verifier: str, **changes: str) -> httpx.Response:
    data = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": "partner",
        "client_secret": SECRET, "code_verifier": verifier,
    }  # fmt: skip
    return httpx.post(f"{site}/identity/o/api/token", data=data | changes)


def test_a_partner_learns_who_somebody_is_and_no_more(site: str, partner: Partner) -> None:
    user, verifier = make_member(), secrets.token_urlsafe(48)
    known = httpx.get(f"{site}/.well-known/openid-configuration").json()
    assert (known["issuer"], known["token_endpoint"]) == (site, f"{site}/identity/o/api/token")
    page, answer = consent(signed_in(site, user), verifier)
    assert "Partner &lt;b&gt;network" in page.text
    assert "form-action 'self' https://partner.example;" in page.headers["Content-Security-Policy"]
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert answer.headers["Location"].startswith(BACK)
    assert back["state"] == ["theirs"]
    tokens = exchange(site, back["code"][0], verifier).json()
    keys = jwt.PyJWKSet.from_dict(httpx.get(known["jwks_uri"]).json())
    told = jwt.decode(tokens["id_token"], keys.keys[0].key, algorithms=["RS256"], audience="partner", issuer=site)
    assert (told["sub"], told.get("email")) == (str(user.uuid), None)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert httpx.get(known["userinfo_endpoint"], headers=bearer).json()["name"] == "Noor Haddad"
    assert httpx.get(f"{site}/api/v1/tokens/", headers=bearer).status_code == 401, "it opens nothing else here"
    User.objects.update(is_active=False)
    assert httpx.get(known["userinfo_endpoint"], headers=bearer).status_code in {400, 401, 403}


def test_a_code_works_once_with_its_verifier_and_for_its_partner(site: str, partner: Partner) -> None:
    browser, verifier = signed_in(site, make_member()), secrets.token_urlsafe(48)

    def code() -> str:
        return parse_qs(urlsplit(consent(browser, verifier)[1].headers["Location"]).query)["code"][0]

    assert exchange(site, code(), "another" * 8).status_code == 400
    assert exchange(site, code(), verifier, client_secret="guessed").status_code in {400, 401}
    assert exchange(site, code(), verifier, redirect_uri="https://evil.example/").status_code == 400
    once = code()
    assert [exchange(site, once, verifier).status_code for _time in range(2)] == [200, 400]


def test_nothing_goes_where_the_partner_has_not_said(site: str, partner: Partner) -> None:
    browser = signed_in(site, make_member())
    for changes in ({"redirect_uri": "https://evil.example/"}, {"client_id": "nobody"}):
        answer = browser.get("/identity/o/authorize", params=question("x" * 48, **changes))
        assert (answer.status_code, "That did not work" in answer.text) == (200, True)
        assert "Location" not in answer.headers


def test_strangers_sign_in_first_and_a_no_is_told(site: str, partner: Partner) -> None:
    asked = httpx.get(f"{site}/identity/o/authorize", params=question("x" * 48))
    assert asked.headers["Location"].startswith("/accounts/login/?next=/identity/")
    _page, answer = consent(signed_in(site, make_member()), "x" * 48, action="cancel")
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["error"] == ["access_denied"]
