"""Addresses in a file lead to the public internet and nowhere else."""

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cms.exchange import fetching
from cms.exchange.fetching import FetchRefusedError, fetch, is_public

HERE = (ipaddress.ip_network("127.0.0.0/8"),)
PICTURE = b"picture"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])
        name = self.path.strip("/")
        if name.startswith("to/"):
            self.send_response(302)
            self.send_header("Location", name.removeprefix("to/"))
            self.end_headers()
            return
        self.send_response(404 if name == "missing" else 200)
        if name == "packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(b"x" * 3_000 if name == "large" else PICTURE)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.hosts = []
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()


def refusal(url: str, **options: Any) -> str:
    with pytest.raises(FetchRefusedError) as refused:
        fetch(url, **options)
    return str(refused.value)


def test_a_file_is_fetched_and_its_host_is_named(server: Any) -> None:
    assert fetch(f"{server.address}/picture", allowed=HERE) == PICTURE
    assert f"http://{server.hosts[-1]}" == server.address
    assert fetch(
        server.address.replace("127.0.0.1", "localhost") + "/x", allowed=(*HERE, ipaddress.ip_network("::1/128"))
    )
    assert server.hosts[-1].startswith("localhost:")


def test_without_the_allowance_this_machine_is_refused(server: Any) -> None:
    before = len(server.hosts)
    assert "not public" in refusal(f"{server.address}/picture")
    assert len(server.hosts) == before


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/",
        "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/",
        "http://[fc00::1]/", "http://100.64.0.1/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/",
        "http://224.0.0.1/", "http://255.255.255.255/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_in_every_spelling(url: str) -> None:
    assert refusal(url)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/x", "file:///etc/passwd", "gopher://a", "http://", "http://a:b@c.example/", "//a", "http://["],
)
def test_only_plain_web_addresses_are_taken(url: str) -> None:
    assert refusal(url)


def test_a_redirect_is_checked_like_the_first_address(server: Any) -> None:
    assert fetch(f"{server.address}/to//picture", allowed=HERE) == PICTURE
    assert "not public" in refusal(f"{server.address}/to/http://192.168.0.1/", allowed=HERE)
    assert "begin with http" in refusal(f"{server.address}/to/file:///etc/passwd", allowed=HERE)
    assert "without end" in refusal(f"{server.address}{'/to/' * 9}/picture", allowed=HERE)


def test_one_private_address_of_a_host_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", (number, 80)) for number in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_a, **_k: answers)
    assert "not public" in refusal("http://mixed.example/")


def test_the_connection_goes_to_the_address_that_was_checked(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that changes its address between the look and the connection gains nothing."""
    asked = []
    port = server.server_address[1]

    def answer(host: str, *_arguments: Any, **_options: Any) -> Any:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", answer)
    assert fetch(f"http://changing.example:{port}/x", allowed=HERE) == PICTURE
    assert [host for host in asked if host == "changing.example"] == ["changing.example"]
    assert server.hosts[-1] == f"changing.example:{port}"


def test_what_is_too_large_missing_or_packed_is_refused(server: Any, settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 2_000
    assert "larger" in refusal(f"{server.address}/large", allowed=HERE)
    assert "404" in refusal(f"{server.address}/missing", allowed=HERE)
    assert "packed" in refusal(f"{server.address}/packed", allowed=HERE)


def test_a_host_that_does_not_answer_is_refused() -> None:
    assert "no answer" in refusal("http://127.0.0.1:1/", allowed=HERE)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("::ffff:93.184.215.14", True),
        ("::ffff:10.0.0.1", False),
        ("198.18.0.1", False),
        ("ff02::1", False),
    ],
)
def test_public_is_what_the_internet_routes(address: str, expected: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is expected
