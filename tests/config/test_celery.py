"""A real worker on a real broker does what the embedded mode does in-process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from cms.directory.models import Entry
from cms.directory.tasks import refresh_every_rank
from config.celery import celery_app
from tests.factories.pages import build_tree, make_project

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    name = connection.settings_dict["NAME"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": f"{_address()}/{name}",
        "GROUNDSWELL_TEST_EAGER": "false",
    }
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool=solo", "--loglevel=warning"]
    process = subprocess.Popen(command, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _address() -> str:
    values = connection.settings_dict
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT'] or 5432}"


def _wait_for(condition, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture(autouse=True)
def _real_queue() -> Iterator[None]:
    """Send tasks to the broker. Celery's settings object cannot be patched and restored by monkeypatch."""
    was_eager = celery_app.conf.task_always_eager
    celery_app.conf.task_always_eager = False
    yield
    celery_app.conf.task_always_eager = was_eager


@pytest.fixture
def spoiled_entry() -> Entry:
    page = make_project(build_tree())
    Entry.objects.filter(pk=page.translation_key).update(rank=-1000)
    celery_app.control.purge()
    return Entry.objects.get(pk=page.translation_key)


def test_a_worker_computes_the_ranks_anew(spoiled_entry):
    with _worker():
        refresh_every_rank.delay()

        assert _wait_for(lambda: Entry.objects.get(pk=spoiled_entry.pk).rank > 0)


def test_without_a_worker_nothing_happens(spoiled_entry):
    """The control: the task above was not run in this process."""
    refresh_every_rank.delay()

    assert not _wait_for(lambda: Entry.objects.get(pk=spoiled_entry.pk).rank > 0, seconds=2)
