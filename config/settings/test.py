"""The test suite: embedded unless GROUNDSWELL_TEST_SERVICES is set, then PostgreSQL, Redis and a real broker."""

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from .embedded import *  # noqa: F403
from .embedded import VAR, environment

SECRET_KEY = "only for tests: " + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR / "test-media"
ALLOWED_HOSTS = ["*"]
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
    "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator",
    "OPTIONS": {},
}
THROTTLING_ENABLED = False
# Partner sites sign people in with us, so that its addresses are swept like all others.
IDENTITY_PROVIDER_ENABLED = True
IDP_OIDC_PRIVATE_KEY = (
    rsa.generate_private_key(public_exponent=65537, key_size=2048)
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)
# Tests look at what draws the pages; those of the cache switch it on.
PAGE_CACHE_ENABLED = False
WORKER = int(environment.text("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw") or 0)

if environment.boolean("GROUNDSWELL_TEST_SERVICES", default=False):
    DATABASES = {
        "default": environment.database(
            environment.text("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/groundswell")
        )
    }
    # Each process of the suite has a Redis database of its own: clearing a cache empties the whole database.
    REDIS_URL = f"{environment.text('REDIS_URL', 'redis://127.0.0.1:6379')}/{WORKER + 2}"
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
        "renditions": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "r",
        },
        "pages": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "p"},
    }
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}},
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_TASK_ALWAYS_EAGER = environment.boolean("GROUNDSWELL_TEST_EAGER", default=True)
