"""Where pages are kept: in the memory of the process, and behind it in the cache that all processes share."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import compress
from hashlib import sha256
from threading import Event, Lock
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core.cache import caches

# What a page says of today or of numbers that change without a word is never older than this, in seconds.
LONGEST = 300
# Longer than any page takes; a process that dies while drawing holds the others up no longer than this.
DRAWING_SECONDS = 15
WAIT_STEP = 0.02
# Smaller by a tenth of a percent would take twice the time.
PACKING = 6
# Of what lies in the shared cache: while processes of two releases run, neither reads what the other has put there.
FORMAT = 2


@dataclass(frozen=True)
class KeptPage:
    """The bytes of an answer, plain and, where its store packs, packed by gzip, with the headers that everybody gets.

    Packing tells nobody a secret by its length: there is none in what everybody gets.
    """

    body: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    kept_until: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + sum(len(name) + len(value) for name, value in self.headers) + 500


class PageStore:
    """Pages by key, the least recently read ones going first when there is no more room."""

    def __init__(self, room: int, *, seconds: int = LONGEST, packs: bool = False) -> None:
        """`room` is the memory of this process that pages may take, in bytes; they are kept for so many seconds.

        `packs`: they are kept packed as well.
        """
        self.room = room
        self.seconds = seconds
        self.packs = packs
        self.size = 0
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()
        self._being_drawn: dict[str, Event] = {}

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.size = 0

    def get(self, key: str) -> KeptPage | None:
        """Return the page under a key, from this process or from the cache of all."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None and page.kept_until > monotonic():
                self._pages.move_to_end(key)
                return page
            if page is not None:
                self._drop(key)
        return self._fetch(key)

    def put(self, key: str, body: bytes, headers: tuple[tuple[str, str], ...]) -> KeptPage:
        """Keep an answer here and for the other processes."""
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        packed = compress(body, PACKING, mtime=0) if self.packs else b""
        page = KeptPage(body, packed, headers, etag, monotonic() + self.seconds)
        self._keep(key, page)
        if shared():
            shared().set(_shared_key(key), (body, packed, headers, etag), timeout=self.seconds)
        return page

    def _fetch(self, key: str) -> KeptPage | None:
        found = shared().get(_shared_key(key)) if shared() else None
        if found is None:
            return None
        page = KeptPage(*found, kept_until=monotonic() + self.seconds)
        self._keep(key, page)
        return page

    def _keep(self, key: str, page: KeptPage) -> None:
        with self._lock:
            if key in self._pages:
                self._drop(key)
            if page.size > self.room:
                return
            self._pages[key] = page
            self.size += page.size
            while self.size > self.room:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: str) -> None:
        self.size -= self._pages.pop(key).size

    @contextmanager
    def drawing(self, key: str) -> Iterator[KeptPage | None]:
        """Let one request of all processes draw a page; the others wait and are given what it has drawn.

        Yields None to who should draw, and to those who have waited for a page that turned out not to be kept.
        """
        with self._lock:
            other = self._being_drawn.get(key)
            if other is None:
                self._being_drawn[key] = Event()
        if other is not None:
            other.wait(DRAWING_SECONDS)
            yield self.get(key)
            return
        try:
            with _alone_among_processes(key) as is_first:
                yield None if is_first else self._fetch(key)
        finally:
            with self._lock:
                self._being_drawn.pop(key).set()


@contextmanager
def _alone_among_processes(key: str) -> Iterator[bool]:
    """Yield whether this process is the one that draws; the others first wait until that one is done."""
    together, lock = shared(), f"{_shared_key(key)}:lock"
    if not together or together.add(lock, 1, timeout=DRAWING_SECONDS):
        try:
            yield True
        finally:
            if together:
                together.delete(lock)
        return
    give_up = monotonic() + DRAWING_SECONDS
    while together.get(lock) and monotonic() < give_up:
        sleep(WAIT_STEP)
    yield False


def shared() -> Any:
    """Return the cache that all processes share, None where there is just one."""
    return caches["pages"] if "pages" in settings.CACHES else None


def _shared_key(key: str) -> str:
    return f"page-{FORMAT}:{sha256(key.encode()).hexdigest()}"
