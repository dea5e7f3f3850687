"""For load balancers: alive says that the process answers, ready that it can do its work."""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from .celery import celery_app


def alive(_request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process runs."""
    return JsonResponse({"status": "alive"})


def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations, cache and broker are there, else 503 with what is not."""
    checks: dict[str, Callable[[], bool]] = {"database": _database, "migrations": _migrations, "cache": _cache}
    if not settings.EMBEDDED:
        checks["broker"] = _broker
    results = {name: _works(check) for name, check in checks.items()}
    is_ready = all(results.values())
    return JsonResponse({"ready": is_ready, "checks": results}, status=200 if is_ready else 503)


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001 (Redis, the broker and the database have error families of their own; any means no)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache() -> bool:
    cache.set("readyz", "yes", timeout=10)
    return bool(cache.get("readyz") == "yes")


def _broker() -> bool:
    with celery_app.connection_for_read(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1)
    return True
