"""Server, browser, people who are signed in."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from .network import PASSWORD
from .server import ROOT, Server, running_server
from .watch import Watch

HERE = Path(__file__).parent
# It must not ask its maker for anything; and by the last one, a request to elsewhere fails at once.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE = {"width": 1280, "height": 900}
PATIENCE = 15_000  # milliseconds; two cores may be shared


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey in a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # It runs a loop in this thread, so Django takes whatever follows here for asynchronous and would forbid it queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    expect.set_options(timeout=PATIENCE)
    yield running
    running.close()


@pytest.fixture
def open_context(server: Server, browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a window of its own; it is closed after the test."""
    opened: list[BrowserContext] = []

    def _open(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{"base_url": server.url, "viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce"} | options
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield _open
    for context in opened:
        context.close()


@pytest.fixture
def watched(server: Server, open_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Open a page on which nothing may go wrong unseen: the test fails for what its watch has noted."""
    watches: list[Watch] = []

    def _open(**options: Any) -> Page:
        context = open_context(**options)
        watches.append(Watch(context, urlsplit(server.url).netloc))
        return context.new_page()

    yield _open
    assert [complaint for watch in watches for complaint in watch.complaints()] == []


@pytest.fixture(scope="module")
def shared_contexts(server: Server, browser: Browser) -> Iterator[Callable[..., tuple[BrowserContext, Watch]]]:
    """Open a window once for all tests of a file that want the same kind: most of a visit is loading what is cached."""
    opened: dict[str, tuple[BrowserContext, Watch]] = {}

    def _open(name: str, **options: Any) -> tuple[BrowserContext, Watch]:
        if name not in opened:
            context = browser.new_context(
                **{"base_url": server.url, "viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce"} | options
            )
            context.set_default_timeout(PATIENCE)
            opened[name] = context, Watch(context, urlsplit(server.url).netloc)
        return opened[name]

    yield _open
    for context, _watch in opened.values():
        context.close()


@pytest.fixture(scope="session")
def signed_in(server: Server, browser: Browser) -> Callable[[str], Any]:
    """Return the cookies of somebody who has signed in at the door everybody uses; once per person."""
    kept: dict[str, Any] = {}

    def _sign_in(email: str) -> Any:
        if email not in kept:
            context = browser.new_context(base_url=server.url, locale="en-GB")
            page = context.new_page()
            page.goto("/accounts/login/?next=/admin/")
            page.get_by_label("Email").fill(email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url("**/admin/")
            kept[email] = context.storage_state()
            context.close()
        return kept[email]

    return _sign_in


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where the journeys leave pictures for us to look at."""
    folder = ROOT / "var" / "screenshots" / "journey"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
