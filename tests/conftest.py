"""What every test can rely on: no network, a known language, small media folder, cheap hypothesis settings."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.utils import translation
from hypothesis import HealthCheck, settings

from cms.core.page_cache.answers import answers
from cms.core.page_cache.unchanged import forget_kept

LOCAL = {"127.0.0.1", "localhost", "::1"}
_connect = socket.socket.connect

settings.register_profile("local", max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile(
    "ci", max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "local"))


def _connect_locally(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and address[0] not in LOCAL:
        message = f"A test wanted to reach {address!r}: tests have no network."
        raise RuntimeError(message)
    _connect(self, address)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _connect_locally)


@pytest.fixture(autouse=True)
def _clean_slate() -> Iterator[None]:
    """Every test starts in the default language with empty caches; Wagtail keeps the site's root paths there."""
    for cache in caches.all():
        cache.clear()
    answers.clear()
    forget_kept()
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def _media_folder() -> Iterator[None]:
    """Each process of the suite has a folder for uploads of its own, gone afterwards."""
    folder = Path(django_settings.MEDIA_ROOT) / str(os.getpid())
    django_settings.MEDIA_ROOT = folder
    yield
    shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, not skip, what only the real services can show: `make test-services` runs it."""
    if os.environ.get("GROUNDSWELL_TEST_SERVICES"):
        return
    kept = [item for item in items if not item.get_closest_marker("services")]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("services")])
    items[:] = kept


def pytest_make_parametrize_id(val: object) -> str | None:
    """Keep `::` out of names: xdist takes what stands before the last one for the file that a test belongs to."""
    return val.replace("::", ":-:") if isinstance(val, str) and "::" in val else None
