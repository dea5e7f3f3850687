"""Two processes and one Redis: what one has drawn the other gives away, and a crowd on both draws once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep

import pytest

from cms.core.page_cache.store import PageStore

pytestmark = pytest.mark.services

ROOM = 1_000_000


def test_what_one_process_has_drawn_the_other_has() -> None:
    one, other = PageStore(ROOM), PageStore(ROOM)
    put = one.put("key", b"body", (("Content-Type", "text/html"),))
    got = other.get("key")
    assert got is not None
    assert (got.body, got.headers, got.etag) == (put.body, put.headers, put.etag)


class Crowd:
    """Visitors of two processes who all want the same cold page."""

    def __init__(self) -> None:
        self.stores = PageStore(ROOM), PageStore(ROOM)
        self.drawn = 0
        self._lock = Lock()

    def visit(self, number: int) -> bytes:
        store = self.stores[number % 2]
        kept = store.get("cold")
        if kept is not None:
            return kept.body
        with store.drawing("cold") as page:
            return (page or store.put("cold", self.draw(), ())).body

    def draw(self) -> bytes:
        with self._lock:
            self.drawn += 1
            number = self.drawn
        sleep(0.2)
        return b"drawn %d" % number

    def come(self) -> set[bytes]:
        with ThreadPoolExecutor(40) as people:
            return set(people.map(self.visit, range(200)))


def test_a_crowd_on_two_processes_draws_once() -> None:
    crowd = Crowd()
    assert crowd.come() == {b"drawn 1"}
    assert crowd.drawn == 1


def test_without_the_lock_between_them_each_would_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("cms.core.page_cache.store._alone_among_processes", lambda _key: nullcontext(True))
    crowd = Crowd()
    crowd.come()
    assert crowd.drawn == 2
