"""A proxy in front is told to forget every page that it may hold, over real HTTP."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from cms.core.models import HeldPage
from cms.core.page_cache.held import hold, purge_held
from cms.core.page_cache.version import site_changed

pytestmark = pytest.mark.django_db


class Proxy(ThreadingHTTPServer):
    """Speaks what Varnish and nginx's purge module speak, and remembers what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Purging)
        self.purged: list[str] = []
        self.answer = 200


class Purging(BaseHTTPRequestHandler):
    """Takes PURGE."""

    server: Proxy

    def do_PURGE(self) -> None:
        self.server.purged.append(f"{self.headers['Host']}{self.path}")
        self.send_response(self.server.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing: the output is the suite's."""


@pytest.fixture
def proxy(settings: Any) -> Iterator[Proxy]:
    server = Proxy()
    Thread(target=server.serve_forever, daemon=True).start()
    settings.PAGE_CACHE_PROXY_SECONDS = 600
    settings.WAGTAILFRONTENDCACHE = {
        "proxy": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": f"http://127.0.0.1:{server.server_port}",
        }
    }
    yield server
    server.shutdown()
    server.server_close()


def test_a_change_purges_what_is_held(proxy: Proxy, django_capture_on_commit_callbacks: Any) -> None:
    hold("http://site.example/en/")
    hold("http://site.example/en/projects/?page=2")
    hold("http://site.example/en/")
    with django_capture_on_commit_callbacks(execute=True):
        site_changed()
    assert sorted(proxy.purged) == ["site.example/en/", "site.example/en/projects/?page=2"]
    assert not HeldPage.objects.exists()


def test_purging_twice_does_no_harm(proxy: Proxy) -> None:
    hold("http://site.example/en/")
    assert (purge_held(), purge_held()) == (1, 0)
    assert len(proxy.purged) == 1


def test_a_page_that_is_drawn_meanwhile_stays_noted(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    hold("http://site.example/en/")
    purge = PurgeBatch.purge

    def drawn_meanwhile(self: PurgeBatch, *arguments: Any, **options: Any) -> None:
        purge(self, *arguments, **options)
        hold("http://site.example/en/")

    monkeypatch.setattr(PurgeBatch, "purge", drawn_meanwhile)
    purge_held()
    assert HeldPage.objects.filter(url="http://site.example/en/").exists()


def test_without_a_proxy_nothing_is_noted(settings: Any) -> None:
    settings.PAGE_CACHE_PROXY_SECONDS = 0
    hold("http://site.example/en/")
    assert not HeldPage.objects.exists()
