"""Production as the image runs it, on databases, a Redis database and a folder of the benchmark's own."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = os.environ.setdefault("BENCH_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
DATABASE = os.environ.get("BENCH_DATABASE", "bench_demo")
os.environ.setdefault("GROUNDSWELL_VAR", str(ROOT / "var" / "bench"))
# Children of a run inherit it: cursors that one process has signed are read by another.
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ["DATABASE_URL"] = f"{POSTGRES}/{DATABASE}"
os.environ["REDIS_URL"] = os.environ.setdefault("BENCH_REDIS_URL", "redis://127.0.0.1:6379/15")
os.environ["GROUNDSWELL_HOSTS"] = "127.0.0.1"
os.environ["GROUNDSWELL_HTTPS"] = "false"  # TLS ends at the proxy in front, which is not measured

from config.settings.production import *  # noqa: E402, F403
from config.settings.production import CACHES, INSTALLED_APPS, REST_FRAMEWORK  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
# One database's pages are not another's, and all of them share one Redis.
CACHES = {name: cache | {"KEY_PREFIX": f"{DATABASE}-{name}"} for name, cache in CACHES.items()}
# Requests are counted as ever, but nobody is sent away.
REST_FRAMEWORK = REST_FRAMEWORK | {
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000000/min")
}
# Nobody works off a queue here.
ROOT_URLCONF = "bench.urls"
DATABASE_ADDRESS = os.environ["DATABASE_URL"]
CELERY_TASK_ALWAYS_EAGER = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
