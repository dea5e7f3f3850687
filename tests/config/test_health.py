"""Alive says that the process answers; ready looks at everything that it needs, and says what is missing."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config.celery import celery_app

NOWHERE = "redis://127.0.0.1:1/0"


def readiness(client: Client) -> tuple[int, dict[str, bool]]:
    answer = client.get("/readyz/")
    return answer.status_code, answer.json()["checks"]


def test_alive_asks_nobody(client: Client) -> None:
    # Without the django_db mark any query would raise.
    answer = client.get("/healthz/")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert not answer.cookies


@pytest.mark.django_db
def test_ready_when_everything_is_there(client: Client) -> None:
    assert readiness(client) == (200, {"database": True, "migrations": True, "cache": True})


@pytest.mark.django_db
def test_not_ready_with_a_migration_missing(client: Client) -> None:
    newest = MigrationLoader(connection).graph.leaf_nodes("directory")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    assert readiness(client) == (503, {"database": True, "migrations": False, "cache": True})


@pytest.mark.django_db
def test_not_ready_without_the_cache(client: Client, settings: Any) -> None:
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": NOWHERE}
    }
    assert readiness(client) == (503, {"database": True, "migrations": True, "cache": False})


@pytest.mark.django_db
def test_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("config.health.connection.cursor", fail)
    status, checks = readiness(client)
    assert status == 503
    assert (checks["database"], checks["cache"]) == (False, True)


@pytest.mark.django_db
def test_not_ready_without_the_broker(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMBEDDED = False
    monkeypatch.setattr(celery_app.conf, "broker_url", NOWHERE)
    monkeypatch.setattr(celery_app.conf, "broker_read_url", NOWHERE)
    status, checks = readiness(client)
    assert (status, checks["broker"], checks["database"]) == (503, False, True)
