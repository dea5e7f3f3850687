"""Notes everything on a page that visitors would not see but that is wrong."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

LOCAL_SCHEMES = {"data", "blob", "about"}
INCOMPLETE = 400
BAD_MESSAGES = {"error", "warning"}
# The browser's own words for a document that answers 404 or 400: the test that asked for it checks the status itself.
FAILED_DOCUMENT = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """Collects console errors (violations of the content security policy among them), failures and foreign requests."""

    context: BrowserContext
    host: str
    problems: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._note_request)
        self.context.on("requestfailed", self._note_failure)
        self.context.on("response", self._note_response)
        self.context.on("console", self._note_message)
        self.context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self.host:
            self.foreign.append(request.url)

    def _note_failure(self, request: Request) -> None:
        # A page that is left while something still loads ends it; that is no fault of the page.
        if request.failure != "net::ERR_ABORTED" and urlsplit(request.url).netloc == self.host:
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _note_response(self, response: Response) -> None:
        request = response.request
        # To a form that is not complete yet, the admin's own saving of drafts among them, 400 is the right answer.
        is_expected = request.is_navigation_request() or (request.method == "POST" and response.status == INCOMPLETE)
        if response.status >= 500 or (response.status >= 400 and not is_expected):
            self.problems.append(f"{response.status}: {response.url}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in BAD_MESSAGES and not message.text.startswith(FAILED_DOCUMENT):
            self.problems.append(f"console {message.type} on {_page_of(message)}: {message.text}")

    def complaints(self) -> list[str]:
        """Return all that is wrong so far and forget it."""
        found = [*self.problems, *(f"request to elsewhere: {url}" for url in self.foreign)]
        self.problems.clear()
        self.foreign.clear()
        return found


def _page_of(message: ConsoleMessage) -> Any:
    return message.page.url if message.page else "?"
