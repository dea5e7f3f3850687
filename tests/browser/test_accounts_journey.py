"""Joining by a code on a phone, a second factor, a passkey; and every page of an account, checked and looked at."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from .axe import violations
from .conftest import ARGUMENTS, NAMES, WIDE
from .network import PASSWORD
from .server import Server
from .test_accessibility import PHONE

MEMBER = "member@demo.groundswell.example"
NEWCOMER, PHRASE = "ana@example.org", "seven quiet bicycles"
PAGES = (
    "", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
    "2fa/recovery-codes/generate/", "sessions/", "tokens/", "3rdparty/", "reauthenticate/", "logout/",
)  # fmt: skip
BY_NAME = "MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
DOORS = ("login/", "signup/", "login/code/", "password/reset/", "password/reset/key/1-nothing/", "inactive/")


def mailed_code(server: Server, address: str) -> str:
    """Return the code in the latest mail that the site has sent to an address: it stands in its log."""
    letter = re.split(r"^To: ", server.log.read_text(encoding="utf-8"), flags=re.MULTILINE)[-1]
    assert letter.startswith(address)
    return re.search(r"^([A-Z0-9]{2,4}-?[A-Z0-9]{2,4})$", letter, re.MULTILINE)[1]


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sure(page: Page, password: str) -> None:
    """Say the password once more, where it is asked for."""
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Go on", exact=True).click()


def code_of(secret: str, *, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def test_joining_by_code_on_a_phone_and_a_second_factor(server: Server, watched: Callable[..., Page], shots: Path):
    page = watched(viewport=PHONE, bypass_csp=True)
    page.goto("/accounts/signup/?next=/en/projects/")
    page.get_by_label("First name").fill("Ana")
    page.get_by_label("Last name").fill("Costa")
    page.get_by_label("Email").fill(NEWCOMER)
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.screenshot(path=shots / "accounts-join-phone.png", full_page=True)
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    assert violations(page) == []
    page.screenshot(path=shots / "accounts-code-phone.png", full_page=True)
    page.get_by_label("Code").fill(mailed_code(server, NEWCOMER))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/en/projects/")
    set_up_an_app(page, shots)


def set_up_an_app(page: Page, shots: Path) -> None:
    page.goto("/accounts/2fa/totp/activate/")
    sure(page, PHRASE)
    secret = page.locator(".account-key").inner_text()
    assert violations(page) == []
    page.screenshot(path=shots / "accounts-app-phone.png", full_page=True)
    page.get_by_label("code", exact=False).fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".account-codes li")).to_have_count(10)
    assert violations(page) == []
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, NEWCOMER, PHRASE)
    expect(page.get_by_role("heading", name="One more thing")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Code").fill(code_of(secret, step=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/accounts/")
    expect(page.get_by_text("It is on.")).to_be_visible()
    page.screenshot(path=shots / "accounts-overview-phone.png", full_page=True)


@pytest.fixture
def named(server: Server, playwright: Playwright) -> Iterator[BrowserContext]:
    """A window that knows this machine by name: passkeys belong to names, not to numbers."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    rules = [one for one in ARGUMENTS if not one.startswith("--host-resolver")]
    browser = playwright.chromium.launch(executable_path=found, args=[*rules, f"--host-resolver-rules={BY_NAME}"])
    yield browser.new_context(
        base_url=server.url.replace("127.0.0.1", "localhost"), viewport=WIDE, locale="en-GB", reduced_motion="reduce"
    )
    browser.close()


def test_a_passkey_opens_the_account_without_a_password(named: BrowserContext, shots: Path):
    page = named.new_page()
    devtools = named.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, MEMBER, PASSWORD)
    page.wait_for_url("**/en/")
    page.goto("/accounts/2fa/webauthn/add/")
    sure(page, PASSWORD)
    page.get_by_label("Name").fill("This laptop")
    passwordless = page.get_by_role("checkbox")
    if passwordless.count():
        passwordless.check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(re.compile(r"/accounts/2fa/(recovery-codes|webauthn)/$"))
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", name="This laptop")).to_be_visible()
    page.screenshot(path=shots / "accounts-passkeys-laptop.png", full_page=True)
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/en/")
    page.goto("/accounts/")
    expect(page.get_by_text("You have 1 passkey.")).to_be_visible()


@pytest.fixture(scope="module")
def member(server: Server, browser: Any) -> Any:
    """The cookies of a member who has just said who they are, twice."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    page = context.new_page()
    sign_in(page, "translator@demo.groundswell.example", PASSWORD)
    page.wait_for_url("**/en/")
    page.goto("/accounts/reauthenticate/?next=/accounts/")
    sure(page, PASSWORD)
    page.wait_for_url("**/accounts/")
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "laptop"])
def test_every_page_of_an_account(
    member: Any, watched: Callable[..., Page], shots: Path, viewport: dict[str, int], scheme: str
):
    page = watched(storage_state=member, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    look(page, PAGES, shots, f"{scheme}-{viewport['width']}")


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "laptop"])
def test_every_door_to_an_account(watched: Callable[..., Page], shots: Path, viewport: dict[str, int], locale: str):
    page = watched(viewport=viewport, locale=locale, bypass_csp=True)
    look(page, DOORS, shots, f"{locale}-{viewport['width']}")


def look(page: Page, paths: tuple[str, ...], shots: Path, kind: str) -> None:
    wrong = []
    for path in paths:
        answer = page.goto(f"/accounts/{path}")
        assert answer.status == 200, path
        wrong += [f"{path} {one}" for one in violations(page)]
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} is too wide")
        page.screenshot(path=shots / f"accounts-{path.replace('/', '-') or 'overview-'}{kind}.png", full_page=True)
    assert wrong == []
