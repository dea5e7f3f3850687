"""One process, nothing else: SQLite, in-memory cache and channel layer, tasks in-process, files on disk."""

import secrets

from .base import *  # noqa: F403
from .base import STORAGES, VAR, environment

VAR.mkdir(parents=True, exist_ok=True)
for folder in ("fonts", "static"):
    (VAR / folder).mkdir(exist_ok=True)


def _secret_key() -> str:
    """Return the key kept in var/secret_key (mode 0600), made on first use."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")


EMBEDDED = True
DEBUG = environment.boolean("GROUNDSWELL_DEBUG", default=False)
PAGE_CACHE_ENABLED = not DEBUG
SECRET_KEY = environment.text("SECRET_KEY") or _secret_key()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver", *environment.words("GROUNDSWELL_HOSTS")]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "groundswell.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    },
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CELERY_TASK_ALWAYS_EAGER = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
CMS_API_ENABLED = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DEMO_ACCOUNTS_ALLOWED = True
REQUIRE_MFA = environment.boolean("GROUNDSWELL_REQUIRE_MFA", default=False)
# Browsers call this machine safe without HTTPS, and passkeys work on it.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
