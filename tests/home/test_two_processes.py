"""Two servers on one installation: what is published in one is fresh in the other within a second."""

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.demo import DATABASE, ROOT, copy_installation, environment, prepared_demo, run

pytestmark = pytest.mark.demo

A_SECOND = 1.0
START_LIMIT = 60.0
PUBLISH = """
import time
import django; django.setup()
from cms.hubs.models import HubPage
page = HubPage.objects.get(pk={pk})
page.title = "Fresh from the press"
page.save_revision().publish()
print(time.time())
"""


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Serve an installation on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "warning"],
        cwd=ROOT,
        env=environment(folder),
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_LIMIT
    try:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                read(f"{address}/healthz/")
                break
            except URLError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def read(address: str) -> str:
    with urlopen(address, timeout=30) as answer:  # noqa: S310 (our own address)
        return str(answer.read().decode())


def test_what_one_process_publishes_the_others_show_within_a_second(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    copy_installation(prepared_demo(), folder)
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        pk, path = database.execute(
            "SELECT page_id, path FROM directory_entrytext JOIN directory_entry ON directory_entry.id = entry_id"
            " WHERE kind = 'hub' AND parent_id IS NULL AND language = 'en' AND is_live"
        ).fetchone()
    above = f"{path.strip('/').rpartition('/')[0]}/"
    with ExitStack() as stack:
        servers = [stack.enter_context(server(folder)) for _number in range(2)]
        addresses = [f"{address}/{way}" for address in servers for way in (path.strip("/") + "/", above)]
        # Twice, so that the second answers come out of the cache.
        before = [read(address) for address in (*addresses, *addresses)]
        assert not [page for page in before if "Fresh from the press" in page]
        moment = run("-c", PUBLISH.format(pk=pk), folder=folder).stdout.split()[-1]
        time.sleep(max(0.0, float(moment) + A_SECOND - time.time()))
        for address in addresses:
            assert "Fresh from the press" in read(address)
