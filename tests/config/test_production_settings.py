"""Production starts whole or not at all. Settings are read once per process, so each case has a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from platform_apps.accounts.models import User
from platform_apps.accounts.services import DEMO_DOMAIN, create_verified_user, refuse_demo_accounts

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "3a9f" * 16,
    "GROUNDSWELL_HOSTS": "groundswell.example.org,www.groundswell.example.org",
    "DATABASE_URL": "postgres://app:password@db.example.org/network",
    "REDIS_URL": "redis://redis.example.org/0",
}
# What a process needs of this machine, whatever the settings are.
MACHINE = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")
SHOWN = (
    "DEBUG", "EMBEDDED", "DEMO_ACCOUNTS_ALLOWED", "ALLOWED_HOSTS", "SECRET_KEY_FALLBACKS", "CSRF_TRUSTED_ORIGINS",
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "CMS_API_ENABLED", "CELERY_BROKER_URL",
    "REQUIRE_MFA", "SIGNUP_OPEN", "IDENTITY_PROVIDER_ENABLED", "SIGN_IN_HOSTS",
    "TRUSTED_PROXIES", "TASKS", "STORAGES", "CELERY_BROKER_TRANSPORT_OPTIONS",
)  # fmt: skip
PROGRAM = f"""
import json
from config.settings import production
print(json.dumps({{name: getattr(production, name, None) for name in {SHOWN}}}))
"""


def start(program: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run a program with complete settings and these changes; None takes a variable away."""
    environment = {name: os.environ[name] for name in MACHINE if name in os.environ}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    environment |= {name: value for name, value in (COMPLETE | changes).items() if value is not None}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120, check=False)


def settings(**changes: str | None) -> dict[str, object]:
    answer = start(PROGRAM, **changes)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"SECRET_KEY": None}, "SECRET_KEY must be set", id="no key"),
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY must be set", id="empty key"),
        pytest.param({"SECRET_KEY": "k7" * 24}, "at least 50 characters", id="short key"),
        pytest.param(
            {"SECRET_KEY": "django-insecure-" + "k7" * 30}, "must be a random text", id="made by startproject"
        ),
        pytest.param({"GROUNDSWELL_DEBUG": "true"}, "production does not start with it", id="debugging"),
        pytest.param({"GROUNDSWELL_HOSTS": None}, "GROUNDSWELL_HOSTS must name", id="no hosts"),
        pytest.param({"GROUNDSWELL_HOSTS": " , "}, "GROUNDSWELL_HOSTS must name", id="empty hosts"),
        pytest.param({"DATABASE_URL": None}, "DATABASE_URL must be set", id="no database"),
        pytest.param({"DATABASE_URL": "mysql://db.example.org/x"}, "must begin with postgres://", id="other database"),
        pytest.param({"REDIS_URL": None}, "REDIS_URL must be set", id="no redis"),
        pytest.param({"GROUNDSWELL_HTTPS": "maybe"}, "GROUNDSWELL_HTTPS must be true or false", id="unclear word"),
    ],
)
def test_production_refuses_to_start_half_configured(changes: dict[str, str | None], complaint: str):
    answer = start(PROGRAM, **changes)
    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr
    assert complaint in answer.stderr


def test_production_is_strict_by_default():
    found = settings()
    assert found["DEBUG"] is found["EMBEDDED"] is found["DEMO_ACCOUNTS_ALLOWED"] is found["CMS_API_ENABLED"] is False
    assert found["ALLOWED_HOSTS"] == COMPLETE["GROUNDSWELL_HOSTS"].split(",")
    assert found["CSRF_TRUSTED_ORIGINS"] == [f"https://{host}" for host in found["ALLOWED_HOSTS"]]
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SESSION_COOKIE_HTTPONLY"] is True
    assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == ("__Host-sessionid", "__Host-csrftoken")
    assert found["TASKS"]["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"


def test_forwarded_headers_count_only_when_proxies_are_named():
    assert settings()["SECURE_PROXY_SSL_HEADER"] is None
    behind_one = settings(GROUNDSWELL_TRUSTED_PROXIES="1")
    assert behind_one["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind_one["TRUSTED_PROXIES"] == 1


def test_without_https_cookies_keep_their_plain_names():
    found = settings(GROUNDSWELL_HTTPS="false")
    assert found["SECURE_SSL_REDIRECT"] is found["SESSION_COOKIE_SECURE"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SESSION_COOKIE_NAME"] is None


def test_secrets_can_come_from_files(tmp_path: Path):
    path = tmp_path / "key"
    path.write_text(COMPLETE["SECRET_KEY"], encoding="utf-8")
    assert settings(SECRET_KEY=None, SECRET_KEY_FILE=str(path))["DEBUG"] is False
    path.write_text("short", encoding="utf-8")
    assert "at least 50 characters" in start(PROGRAM, SECRET_KEY=None, SECRET_KEY_FILE=str(path)).stderr


def test_an_old_key_still_verifies():
    assert settings(SECRET_KEY_FALLBACKS="old one,older one")["SECRET_KEY_FALLBACKS"] == ["old one", "older one"]


def test_the_broker_is_redis_unless_another_is_named():
    assert settings()["CELERY_BROKER_URL"] == COMPLETE["REDIS_URL"]
    other = settings(CELERY_BROKER_URL="amqp://rabbit.example.org")
    assert other["CELERY_BROKER_URL"] == "amqp://rabbit.example.org"
    assert other["CELERY_BROKER_TRANSPORT_OPTIONS"] == {}


def test_files_go_to_the_bucket_that_is_named():
    assert settings()["STORAGES"]["default"]["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    storage = settings(
        GROUNDSWELL_BUCKET="uploads",
        GROUNDSWELL_BUCKET_ENDPOINT="https://s3.example.org",
        GROUNDSWELL_MEDIA_URL="https://media.example.org/",
    )["STORAGES"]
    assert storage["default"]["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["default"]["OPTIONS"]["endpoint_url"] == "https://s3.example.org"
    assert storage["default"]["OPTIONS"]["custom_domain"] == "media.example.org"
    assert storage["staticfiles"]["BACKEND"] == "cms.core.storage.HashedStaticStorage"


@pytest.mark.django_db
class TestDemoAccounts:
    @pytest.fixture(autouse=True)
    def _as_in_production(self, settings: object) -> None:
        settings.DEMO_ACCOUNTS_ALLOWED = False

    @pytest.fixture
    def demo_user(self) -> User:
        return create_verified_user(
            email=f"editor@{DEMO_DOMAIN}", password="p" * 20, first_name="A", last_name="B", language="en"
        )

    def test_a_database_without_them_is_fine(self):
        User.objects.create_user("editor@groundswell.example", "p" * 20)
        refuse_demo_accounts()

    @pytest.mark.usefixtures("demo_user")
    def test_one_of_them_keeps_production_from_starting(self):
        with pytest.raises(ImproperlyConfigured, match=DEMO_DOMAIN):
            refuse_demo_accounts()

    def test_an_address_in_capitals_is_one_of_them(self, demo_user: User):
        User.objects.filter(pk=demo_user.pk).update(email=demo_user.email.upper())
        with pytest.raises(ImproperlyConfigured):
            refuse_demo_accounts()

    def test_an_account_that_cannot_sign_in_does_no_harm(self, demo_user: User):
        User.objects.filter(pk=demo_user.pk).update(is_active=False)
        refuse_demo_accounts()

    @pytest.mark.usefixtures("demo_user")
    def test_the_demo_itself_may_have_them(self, settings: object):
        settings.DEMO_ACCOUNTS_ALLOWED = True
        refuse_demo_accounts()


@pytest.mark.parametrize("door", ["config.wsgi", "config.asgi"])
def test_both_servers_ask_for_demo_accounts_before_they_serve(door: str):
    """The database of this process says that there is one; importing the server must then fail."""
    program = f"""
from unittest.mock import patch
import django
django.setup()
from platform_apps.accounts.models import User
with patch.object(User.objects, "filter") as accounts:
    accounts.return_value.exists.return_value = True
    import {door}
"""
    answer = start(program)
    assert answer.returncode != 0
    assert "The database holds active demo accounts" in answer.stderr


def test_the_admin_takes_a_second_factor_and_everybody_may_join_unless_said_otherwise():
    shown = settings()
    assert (shown["REQUIRE_MFA"], shown["SIGNUP_OPEN"], shown["IDENTITY_PROVIDER_ENABLED"]) == (True, True, False)
    shown = settings(GROUNDSWELL_REQUIRE_MFA="no", GROUNDSWELL_SIGNUP_OPEN="no", GROUNDSWELL_IDP_KEY="a key")
    assert (shown["REQUIRE_MFA"], shown["SIGNUP_OPEN"], shown["IDENTITY_PROVIDER_ENABLED"]) == (False, False, True)


def test_forms_of_the_sign_in_lead_only_to_who_is_configured():
    assert settings()["SIGN_IN_HOSTS"] == []
    shown = settings(GROUNDSWELL_OIDC_URL="https://id.example.org/realms/one", GROUNDSWELL_GITHUB_CLIENT="x")
    assert shown["SIGN_IN_HOSTS"] == ["https://id.example.org", "https://github.com"]
