"""The product's own server: the command of the image, with the addresses and processes of a measurement."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .client import Target, UnexpectedAnswerError, ask

ROOT = Path(__file__).resolve().parents[1]
APPLICATION = "config.wsgi:application"
START_LIMIT = 60.0
MEGABYTE = 1024 * 1024
# What the image says and a measurement cannot keep: where it listens, how many processes share the two processors with
# the client, where the log goes, and that processes end after some thousand requests, which would be in the middle.
REPLACED = {"--bind", "--workers", "--max-requests", "--max-requests-jitter", "--access-logfile"}


@dataclass(frozen=True)
class Server:
    """A running site: its address and its first process."""

    url: str
    pid: int

    def target(self, path: str, *headers: tuple[str, str], status: int = 200) -> Target:
        return Target(f"{self.url}{path}", headers, status)

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [int(child) for child in children.split()]

    def memory(self) -> float:
        """Return the resident memory of the largest process that answers, in megabytes."""
        return max(_resident(pid) for pid in self.workers)


def command() -> list[str]:
    """Return how the image starts the web server, as the Dockerfile says it."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    found: list[str] = json.loads(re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)[-1])
    return found


def _arguments(port: int, application: str, workers: int) -> list[str]:
    _program, _application, *options = command()
    pairs = zip(options, [*options[1:], ""], strict=True)
    kept: list[str] = []
    is_replaced = False
    for option, following in pairs:
        if option.startswith("--"):
            is_replaced = option in REPLACED
        if not is_replaced:
            kept.append(option)
        if is_replaced and following.startswith("--"):
            is_replaced = False
    measured = [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
        "--access-logfile",
        os.devnull,
        "--log-level",
        "warning",
    ]
    return [sys.executable, "-m", "gunicorn", application, *kept, *measured]


@contextmanager
def serve(database: str, *, application: str = APPLICATION, workers: int = 1) -> Iterator[Server]:
    """Serve a database on a free port until the block ends. Raises RuntimeError when the server does not start."""
    port = free_port()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings", "BENCH_DATABASE": database}
    process = subprocess.Popen(_arguments(port, application, workers), cwd=ROOT, env=environment)
    server = Server(f"http://127.0.0.1:{port}", process.pid)
    try:
        _wait(process, server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(process: "subprocess.Popen[bytes]", server: Server) -> None:
    deadline = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            ask(server.target("/healthz/"))
        except (OSError, UnexpectedAnswerError):
            time.sleep(0.1)
        else:
            return
    message = "The server did not start."
    raise RuntimeError(message)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def cpu_seconds(server: Server) -> float:
    """Return how much processor time the answering processes have had so far."""
    ticks = 0
    for pid in server.workers:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
