"""A load client: a few keep-alive connections in one thread, each asking again as soon as it has its answer."""

import re
import selectors
import socket
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
BODILESS = {204, 304}
PATIENCE = 60.0
MILLISECONDS = 1000


class UnexpectedAnswerError(Exception):
    """An answer that is not the one to be measured."""


@dataclass
class Answer:
    """One answer as it came over the wire."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        found = re.search(rb"\r\n" + name.encode() + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


@dataclass
class Load:
    """What a burst of requests came to."""

    number: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.number / self.seconds


@dataclass(frozen=True)
class Target:
    """Something to ask for, again and again, and the status that every answer has to have."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200

    @property
    def request(self) -> bytes:
        parts = urlsplit(self.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{name}: {value}" for name, value in self.headers)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return parts.hostname or "127.0.0.1", parts.port or 80


class Connection:
    """One keep-alive connection; opened again when the server has closed it."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.socket: socket.socket | None = None
        self.begun = 0.0

    def open(self) -> socket.socket:
        if self.socket is None:
            self.socket = socket.create_connection(self.address, timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def send(self, request: bytes) -> None:
        self.begun = perf_counter()
        self.open().sendall(request)

    def receive(self) -> Answer:
        """Read one whole answer. Raises ConnectionError when the server goes away in the middle of it."""
        link = self.open()
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more(link)
        head, body = data[: end + 2], data[end + 4 :]
        status = int(head[9:12])
        if status in BODILESS:
            return self._done(status, head, b"")
        if CHUNKED.search(head):
            return self._done(status, head, self._chunks(link, body))
        length = LENGTH.search(head)
        if length is None:
            message = "An answer without a length cannot be told from half of one."
            raise UnexpectedAnswerError(message)
        pieces, missing = [body], int(length[1]) - len(body)
        while missing > 0:
            pieces.append(self._more(link))
            missing -= len(pieces[-1])
        return self._done(status, head, b"".join(pieces))

    def _chunks(self, link: socket.socket, data: bytes) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in data:
                data += self._more(link)
            size_line, data = data.split(b"\r\n", 1)
            size = int(size_line.split(b";")[0], 16)
            while len(data) < size + 2:
                data += self._more(link)
            body, data = body + data[:size], data[size + 2 :]
            if not size:
                return body

    def _done(self, status: int, head: bytes, body: bytes) -> Answer:
        if CLOSES.search(head):
            self.close()
        return Answer(status, head, body)

    @staticmethod
    def _more(link: socket.socket) -> bytes:
        data = link.recv(262_144)
        if not data:
            message = "The server closed the connection."
            raise ConnectionError(message)
        return data


def ask(target: Target) -> Answer:
    """Ask once. Raises UnexpectedAnswerError for another status than the target's."""
    connection = Connection(target.address)
    try:
        connection.send(target.request)
        return _checked(target, connection.receive())
    finally:
        connection.close()


def load(target: Target, *, seconds: float, connections: int = 4) -> Load:
    """Keep `connections` requests going for so many seconds. Raises UnexpectedAnswerError for a wrong answer."""
    request = target.request
    result = Load()
    links = [Connection(target.address) for _number in range(connections)]
    with selectors.DefaultSelector() as selector:
        for link in links:
            selector.register(link.open(), selectors.EVENT_READ, link)
        begin = perf_counter()
        for link in links:
            link.send(request)
        waiting = len(links)
        while waiting:
            for key, _events in selector.select(PATIENCE):
                link = key.data
                _checked(target, link.receive())
                now = perf_counter()
                result.number += 1
                result.seconds = now - begin
                result.times.append((now - link.begun) * MILLISECONDS)
                if now - begin >= seconds:
                    waiting -= 1
                    continue
                if link.socket is None:
                    selector.unregister(key.fileobj)
                    selector.register(link.open(), selectors.EVENT_READ, link)
                link.send(request)
    for link in links:
        link.close()
    return result


def _checked(target: Target, answer: Answer) -> Answer:
    if answer.status != target.status:
        message = f"{target.url} answered {answer.status} instead of {target.status}: {answer.body[:300]!r}"
        raise UnexpectedAnswerError(message)
    return answer
