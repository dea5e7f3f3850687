"""A Groundswell that runs beside the tests: its own folder, its own database with the demo, its own port.

Loading the demo takes minutes, so its result is kept in var/browser/ under a name that changes with the demo, the
migrations and what the tests add; every run works on a copy.
"""

import fcntl
import hashlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from home.demo import content

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "browser"
DATABASE = "groundswell.sqlite3"
KNOWN = "pages.json"
START_LIMIT = 60.0
# What changes the prepared database beside the demo's own files.
PREPARED_BY = ("*/migrations/*.py", "*/*/migrations/*.py", "tests/browser/network.py", "tests/streams.py")
# These say where the developer's or the suite's own data are.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "GROUNDSWELL_TEST_SERVICES", "DJANGO_SETTINGS_MODULE", "GROUNDSWELL_DEBUG")


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
    prepared = _prepared()
    folder = FOLDER / f"run-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _link_fonts(folder)
    shutil.copytree(prepared / "media", folder / "media")
    _copy_database(prepared / DATABASE, folder / DATABASE)
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = FOLDER / f"server-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1", "--port", str(port),
             "--log-level", "warning"],
            cwd=ROOT, env=_environment(folder, url), stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_until_ready(process, url, log)
            known = json.loads((prepared / KNOWN).read_text(encoding="utf-8"))
            yield Server(url, known["addresses"], known["numbers"], log)
        finally:
            process.terminate()
            process.wait(timeout=20)
            shutil.rmtree(folder, ignore_errors=True)


def _prepared() -> Path:
    """Return the folder with the loaded network, making it if need be. Processes wait for each other."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = FOLDER / f"network-{_version()}"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _prepare(folder)
    return folder


def _prepare(folder: Path) -> None:
    work = FOLDER / f"work-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _link_fonts(work)
    environment = _environment(work)
    for arguments in (
        ("manage.py", "migrate", "--verbosity", "0"),
        ("manage.py", "load_gazetteer"),
        ("manage.py", "load_demo"),
        ("-m", "tests.browser.network", str(work / KNOWN)),
    ):
        _run(arguments, environment)
    for older in FOLDER.glob("network-*"):
        shutil.rmtree(older, ignore_errors=True)
    work.rename(folder)


def _version() -> str:
    digest = hashlib.sha256(content.version().encode())
    for pattern in PREPARED_BY:
        for path in sorted(ROOT.glob(pattern)):
            if ".venv" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _environment(folder: Path, url: str = "http://127.0.0.1") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "GROUNDSWELL_VAR": str(folder),
        "GROUNDSWELL_BASE_URL": url,
        "GROUNDSWELL_TRANSLATOR": "dummy",
        # Mails stand in the log as soon as they are sent.
        "PYTHONUNBUFFERED": "1",
    }


def _run(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    """Run a step of the preparation. Raises RuntimeError with its output when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(message)


def _link_fonts(folder: Path) -> None:
    """Share the fonts that `make prepare` has built; they take a while and never differ."""
    fonts = ROOT / "var" / "fonts"
    if not any(fonts.glob("*.woff2")):
        _run(("manage.py", "build_fonts"), _environment(fonts.parent))
    (folder / "fonts").symlink_to(fonts)


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


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
