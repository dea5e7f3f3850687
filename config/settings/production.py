"""Many processes: PostgreSQL with PostGIS, Redis, Celery. Refuses to start half configured."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import CELERY_BROKER_TRANSPORT_OPTIONS, MEDIA_URL, STORAGES, environment

EMBEDDED = False
DEMO_ACCOUNTS_ALLOWED = False
SHORTEST_SECRET_KEY = 50

if environment.boolean("GROUNDSWELL_DEBUG", default=False):
    message = "GROUNDSWELL_DEBUG is for a developer's machine; production does not start with it."
    raise ImproperlyConfigured(message)

SECRET_KEY = environment.required("SECRET_KEY")
if len(SECRET_KEY) < SHORTEST_SECRET_KEY or "insecure" in SECRET_KEY:
    message = f"SECRET_KEY must be a random text of at least {SHORTEST_SECRET_KEY} characters."
    raise ImproperlyConfigured(message)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("GROUNDSWELL_HOSTS")
if not ALLOWED_HOSTS:
    message = "GROUNDSWELL_HOSTS must name the host names that this installation answers to."
    raise ImproperlyConfigured(message)
# A leading dot means every host below; Django writes the same thing with an asterisk here.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]

DATABASES = {"default": environment.database(environment.required("DATABASE_URL"))}
DATABASES["default"]["CONN_MAX_AGE"] = environment.number("GROUNDSWELL_CONN_MAX_AGE", 300)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = environment.required("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    "renditions": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "r"},
    "pages": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "p"},
}
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}},
}
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL", REDIS_URL)
if not CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

if environment.text("GROUNDSWELL_BUCKET"):
    if not MEDIA_URL.startswith("https://"):
        message = "With GROUNDSWELL_BUCKET, GROUNDSWELL_MEDIA_URL must be the https address of its files."
        raise ImproperlyConfigured(message)
    STORAGES = STORAGES | {
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": environment.text("GROUNDSWELL_BUCKET"),
                "endpoint_url": environment.text("GROUNDSWELL_BUCKET_ENDPOINT") or None,
                "querystring_auth": False,
                "custom_domain": MEDIA_URL.removeprefix("https://").rstrip("/"),
            },
        },
    }

_https = environment.boolean("GROUNDSWELL_HTTPS", default=True)
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.number("GROUNDSWELL_TRUSTED_PROXIES", 0) else None
)
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = environment.boolean("GROUNDSWELL_HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
if _https:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.boolean("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
