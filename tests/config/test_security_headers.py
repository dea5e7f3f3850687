"""What every answer carries, and that a visitor leaves no trace and gets what every other visitor gets."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.config.test_urls_sweep import client_of
from tests.config.things import Things
from tests.worlds import PASSWORD

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), geolocation=(self)",
}
SAME_SOURCES = {"'none'", "'self'", "data:"}
VIDEO = {"https://www.youtube-nocookie.com", "https://player.vimeo.com"}
ADDRESSES = {
    "page": ("/en/", 200),
    "page in another language": ("/de/projects/", 200),
    "no page": ("/en/nothing/", 404),
    "no address": ("/nothing.php", 404),
    "rubbish": ("/en/%C0%AF/", 400),
    "too long": (f"/en/{'x' * 300}/", 404),
    "way to a language": ("/", 302),
    "redirect of an editor": ("/old/", 301),
    "list": ("/api/v1/projects/", 200),
    "API, wrong": ("/api/v1/projects/?foo=1", 400),
    "API, missing": ("/api/v1/nothing/", 404),
    "schema": ("/api/v1/schema/", 200),
    "documentation": ("/api/v1/docs/", 200),
    "content API": ("/api/cms/v3/pages/", 200),
    "our file": ("/static/groundswell/img/icons.svg", 200),
    "missing file": ("/static/nothing.css", 404),
    "missing upload": ("/media/nothing.png", 404),
    "site map": ("/sitemap.xml", 200),
    "part of the site map": ("/sitemap-1.xml", 200),
    "robots": ("/robots.txt", 200),
    "illustration": ("/art/energy/some-title.svg", 200),
    "theme": ("/themes/meadow.css", 200),
    "no such short link": ("/s/nothing", 404),
    "no such poster": ("/og/en/00000000-0000-4000-8000-000000000000/0.png", 404),
    "sign-in": ("/accounts/login/", 200),
    "admin, for strangers": ("/admin/", 302),
    "alive": ("/healthz/", 200),
    "ready": ("/readyz/", 200),
}  # fmt: skip


def policy_of(answer: Any) -> dict[str, set[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def check_strict(answer: Any, *, styles: set[str] = frozenset()) -> None:
    policy = policy_of(answer)
    assert policy.pop("frame-src") == VIDEO
    assert policy.pop("style-src") == {"'self'", *styles}
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == {"'none'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert policy["script-src"] == policy["form-action"] == {"'self'"}
    assert set().union(*policy.values()) <= SAME_SOURCES
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def check_always(answer: Any) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_kind_of_answer_is_guarded(things: Things, name: str) -> None:
    address, status = ADDRESSES[name]
    answer = Client().get(address)
    assert answer.status_code == status
    check_always(answer)
    if address.startswith("/media/"):
        assert policy_of(answer) == {"default-src": {"'none'"}, "style-src": {"'none'"}, "sandbox": set()}
    elif address.startswith("/admin/"):
        assert policy_of(answer)["script-src"] == {"'self'"}
    else:
        check_strict(answer, styles={"'unsafe-inline'"} if address.startswith("/api/v1/docs") else frozenset())


def test_uploads_are_in_a_sandbox(things: Things) -> None:
    image = Client().get(things.files["image"].file.url)
    document = Client().get(things.files["document"].url)
    assert (image.status_code, document.status_code) == (200, 200)
    assert "sandbox" in policy_of(image)
    assert document.headers["Content-Disposition"].startswith("attachment")
    for answer in (image, document):
        check_always(answer)


def test_a_fault_of_ours_is_guarded_too(things: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cms.core.views.draw", fail)
    answer = Client(raise_request_exception=False).get("/art/energy/title.svg")
    assert answer.status_code == 500
    check_always(answer)
    check_strict(answer)


def test_a_refusal_for_too_much_is_guarded_too(things: Things, settings: Any) -> None:
    settings.THROTTLING_ENABLED = True
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": {"anonymous": "1/h", "member": "1/h"}
    }
    answer = [Client().get("/api/v1/sectors/") for _ in range(2)][-1]
    assert answer.status_code == 429
    check_always(answer)
    check_strict(answer)


def test_the_admin_runs_our_scripts_only(things: Things) -> None:
    answer = client_of(things, "superuser").get("/admin/")
    policy = policy_of(answer)
    check_always(answer)
    assert policy["script-src"] == policy["connect-src"] == policy["frame-ancestors"] == {"'self'"}
    assert policy["style-src"] == {"'self'", "'unsafe-inline'"}
    assert not any("*" in source or "unsafe-eval" in source for sources in policy.values() for source in sources)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"] or "private" in answer.headers["Cache-Control"]


def public_addresses(things: Things) -> list[str]:
    world = things.world
    pages = [*world.homes.values(), *world.hub_a.values(), *world.project_lists.values(), things.pages["contact"]]
    found = [page.get_url() for page in [*pages, world.pages["live_a"], world.pages["organization_a"]]]
    # In the other language there is no text of these: the one that exists is shown inside the reader's frame.
    return [*found, world.pages["organization_a"].get_url().replace("/en/", "/de/", 1), "/en/nothing/"]


def test_pages_set_no_cookie_and_are_the_same_for_everybody(things: Things) -> None:
    others = {
        "HTTP_USER_AGENT": "curl",
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_ACCEPT_LANGUAGE": "de",
        "HTTP_REFERER": "x",
    }
    for address in public_addresses(things):
        one, other = Client().get(address), Client(**others).get(address)
        assert not one.cookies, address
        assert "cookie" not in one.headers.get("Vary", "").lower(), address
        assert b"csrf" not in one.content.lower(), address
        assert one.content == other.content, address


def test_rubbish_in_the_query_changes_nothing(things: Things) -> None:
    for address in public_addresses(things):
        plain = Client().get(address)
        # Lists have one address each and lead there from every other spelling.
        odd = Client().get(f"{address}?utm_source=x&fbclid=%3Cscript%3E&%5B%5D=1&lang=xx&next=http://[", follow=True)
        assert odd.status_code == plain.status_code, address
        assert odd.content == plain.content, address
        assert not odd.cookies, address


@pytest.mark.parametrize("page", ["abc", "-1", "0", "99999999999999999999", "%D9%A3", "1e3", "1%27"])
def test_a_page_of_a_list_that_is_not_there_is_refused(things: Things, page: str) -> None:
    assert Client().get(f"/en/projects/?page={page}").status_code in {200, 404}


@pytest.mark.parametrize(
    "address",
    [
        "/admin/login/?next=/admin/pages/",
        "/admin/password_reset/?next=/admin/pages/",
        "/en/_util/login/?next=/admin/pages/",
    ],
)
def test_there_is_one_sign_in(things: Things, address: str) -> None:
    for answer in (
        Client().get(address),
        Client().post(address, {"username": "editor@example.org", "password": PASSWORD}),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/admin/pages/")
        assert "sessionid" not in answer.cookies


def test_the_sign_in_sends_nobody_elsewhere(things: Things) -> None:
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = Client().get("/admin/login/", {"next": target})
        assert answer.headers["Location"] == "/accounts/login/?next=/admin/"


def test_no_other_door_takes_a_password(things: Things) -> None:
    doors = [
        reverse("wagtailadmin_password_reset_confirm", args=["MQ", "set-password"]),
        reverse("wagtailadmin_password_reset_done"),
        reverse("wagtailadmin_password_reset_complete"),
    ]
    for door in doors:
        answer = Client().get(door, follow=True)
        assert b'type="password"' not in answer.content or answer.redirect_chain[-1][0].startswith("/accounts/"), door


def verified(things: Things, role: str) -> Any:
    user = things.user(role)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def sign_in(email: str, password: str, *, number: int = 0) -> Any:
    client = Client(REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_guessing_a_password_ends_soon_and_a_claimed_address_does_not_help(things: Things) -> None:
    user = verified(things, "editor")
    assert sign_in(user.email, PASSWORD).status_code == 302
    for number in range(10):
        assert sign_in(user.email, f"wrong {number}", number=number).status_code in {200, 429}
    refused = sign_in(user.email, PASSWORD, number=99)
    assert "sessionid" not in refused.cookies
    assert refused.status_code in {200, 429}


def test_guessing_many_accounts_from_one_place_ends_soon(things: Things) -> None:
    codes = [sign_in(f"nobody-{number}@example.org", "wrong", number=number).status_code for number in range(12)]
    assert codes[-2:] == [429, 429]


def test_the_right_password_signs_in_and_its_cookies_are_closed_to_scripts(things: Things) -> None:
    user = verified(things, "editor")
    answer = sign_in(user.email, PASSWORD)
    assert answer.status_code == 302
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=" + b"x" * 2_700_000, "application/x-www-form-urlencoded"),
        ("&".join(f"f{number}=1" for number in range(10_001)).encode(), "application/x-www-form-urlencoded"),
    ],
    ids=["too large", "too many fields"],
)
def test_a_form_that_is_too_much_is_refused(things: Things, body: bytes, content_type: str) -> None:
    contact = things.pages["contact"]
    address = reverse("submit-contact", args=[contact.translation_key, "en"])
    answer = Client(raise_request_exception=False).post(address, body, content_type=content_type)
    assert answer.status_code in {400, 413}
    check_always(answer)
