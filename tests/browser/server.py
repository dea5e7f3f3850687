"""A Groundswell that runs beside the tests: its own folder, its own database with the demo, its own port.

Every run works on a copy of the demo with what the tests add.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.demo import FOLDER, ROOT, copy_installation, environment, prepared, prepared_demo, run
from tests.demo import PREPARED_BY as DEMO_PREPARED_BY

KNOWN = "pages.json"
START_LIMIT = 60.0
PREPARED_BY = (*DEMO_PREPARED_BY, "tests/browser/network.py", "tests/streams.py")


@dataclass
class Server:
    """A running site. `addresses` names pages that tests visit: name, then language, then path; `numbers` their ids."""

    url: str
    addresses: dict[str, dict[str, str]]
    numbers: dict[str, dict[str, int]]
    log: Path

    def address(self, name: str, language: str = "en") -> str:
        return self.url + self.addresses[name][language]

    def edit(self, name: str, language: str = "en") -> str:
        """Return the path under which the admin edits a page."""
        return f"/admin/pages/{self.numbers[name][language]}/edit/"


@contextmanager
def running_server() -> Iterator[Server]:
    """Serve a fresh copy of the prepared network on a free port, until the block ends."""
    source = _prepared()
    folder = FOLDER / f"run-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    copy_installation(source, folder)
    _link_fonts(folder)
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = FOLDER / f"server-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1", "--port", str(port),
             "--log-level", "warning"],
            cwd=ROOT, env=environment(folder, GROUNDSWELL_BASE_URL=url, GROUNDSWELL_TRANSLATOR="dummy"),
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_until_ready(process, url, log)
            known = json.loads((source / KNOWN).read_text(encoding="utf-8"))
            yield Server(url, known["addresses"], known["numbers"], log)
        finally:
            process.terminate()
            process.wait(timeout=20)
            shutil.rmtree(folder, ignore_errors=True)


def _prepared() -> Path:
    """Return the folder with the demo and what the tests add to it."""
    return prepared("network", PREPARED_BY, _prepare)


def _prepare(work: Path) -> None:
    copy_installation(prepared_demo(), work)
    _link_fonts(work)
    run("-m", "tests.browser.network", str(work / KNOWN), folder=work)


def _link_fonts(folder: Path) -> None:
    """Share the fonts that `make prepare` has built; they take a while and never differ."""
    fonts = ROOT / "var" / "fonts"
    if not any(fonts.glob("*.woff2")):
        run("manage.py", "build_fonts", folder=fonts.parent)
    (folder / "fonts").symlink_to(fonts)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: "subprocess.Popen[Any]", url: str, log: Path) -> None:
    """Return as soon as the site answers. Raises RuntimeError with the server's words when it does not."""
    deadline = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{url}/healthz/", timeout=5):  # noqa: S310 (our own address)
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    message = f"The server did not start:\n{log.read_text(encoding='utf-8')}"
    raise RuntimeError(message)
