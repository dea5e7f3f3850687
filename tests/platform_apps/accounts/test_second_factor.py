"""Nobody enters the admin without a second factor, by whichever door; and it cannot be guessed or replayed."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.models import APIToken

from cms.editorial.enums import SiteGroup
from cms.editorial.services import ensure_site_groups
from platform_apps.accounts.models import User
from tests.factories.accounts import PASSWORD, mailed_code, make_member

pytestmark = pytest.mark.django_db
CONTENT = "/api/cms/v3/"


@pytest.fixture
def editor(settings: Any) -> User:
    settings.REQUIRE_MFA = True
    ensure_site_groups()
    user = make_member("jule@example.org")
    user.groups.add(Group.objects.get(name=SiteGroup.EDITORS))
    return user


def code_of(secret: str, *, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_app(user: User) -> str:
    """Give somebody an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def by_password(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def by_code(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/code/", {"email": user.email})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code(user.email)})
    return client


def by_force(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def by_link(user: User) -> Client:
    client = by_password(user)
    client.get("/admin/login/")
    return client


DOORS = [by_password, by_code, by_link]


def admin(client: Client) -> tuple[int, str]:
    answer = client.get("/admin/")
    return answer.status_code, answer.get("Location", "")


@pytest.mark.parametrize("door", [*DOORS, by_force])
def test_every_door_leads_to_setting_it_up_first(editor: User, door: Any) -> None:
    client = door(editor)
    assert admin(client) == (302, "/accounts/2fa/")
    assert client.post("/admin/pages/1/edit/", {}).status_code == 302
    refused = client.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")


@pytest.mark.parametrize("door", DOORS)
def test_every_door_asks_for_it_where_it_is_set_up(editor: User, door: Any) -> None:
    secret = with_app(editor)
    client = door(editor)
    assert "_auth_user_id" not in client.session
    assert admin(client)[1].startswith("/admin/login/")
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert admin(client)[0] == 200


def test_a_session_that_has_not_shown_it_is_asked(editor: User) -> None:
    secret = with_app(editor)
    client = by_force(editor)
    assert admin(client) == (302, "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F")
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    assert admin(client)[0] == 200


def test_setting_it_up_opens_the_admin_here_and_ends_what_goes_on_elsewhere(editor: User) -> None:
    here, there = by_password(editor), by_password(editor)
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = here.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert here.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert here.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert admin(here)[0] == 200
    assert "_auth_user_id" not in there.session
    assert mail.outbox[-1].subject in {"An authenticator app was added", "New recovery codes"}
    kept = Authenticator.objects.get(user=editor, type="totp").data["secret"]
    assert secret not in kept, "a copy of the database is no second factor"


def test_those_without_rights_need_none_and_the_setting_decides(editor: User, settings: Any) -> None:
    assert admin(by_password(make_member()))[1] != "/accounts/2fa/"
    settings.REQUIRE_MFA = False
    assert admin(by_password(editor))[0] == 200


def test_a_code_is_good_once(editor: User) -> None:
    secret = with_app(editor)
    code = code_of(secret)
    first, second = by_password(editor), by_password(editor)
    first.post("/accounts/2fa/authenticate/", {"code": code})
    second.post("/accounts/2fa/authenticate/", {"code": code})
    assert ("_auth_user_id" in first.session, "_auth_user_id" in second.session) == (True, False)


def test_guessing_codes_ends_soon(editor: User) -> None:
    secret = with_app(editor)
    client = by_password(editor)
    for number in range(10):
        client.post("/accounts/2fa/authenticate/", {"code": f"{number:06}"})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert "_auth_user_id" not in client.session


def test_recovery_codes_work_once(editor: User) -> None:
    with_app(editor)
    client = by_force(editor)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/2fa/recovery-codes/generate/")
    code = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    outcomes = []
    for _time in range(2):
        door = by_password(editor)
        door.post("/accounts/2fa/authenticate/", {"code": code})
        outcomes.append("_auth_user_id" in door.session)
    assert outcomes == [True, False]


def test_tokens_of_those_who_lack_it_do_not_open_the_content_api(editor: User) -> None:
    _token, secret = APIToken.create_token(user=editor, name="desk")
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get(f"{CONTENT}pages/", headers=headers).status_code == 403
    with_app(editor)
    assert Client().get(f"{CONTENT}pages/", headers=headers).status_code != 403
