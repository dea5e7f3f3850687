"""How much memory a serving process has taken when everything has been asked of it once."""

import re
from collections import deque
from collections.abc import Iterator

import orjson

from .client import Target, UnexpectedAnswerError, ask
from .databases import DEMO, ready, scale
from .server import Server, serve
from .table import Figure

BAR = 250
ENTRIES = 20_000
LINK = re.compile(rb'<a\b[^>]*?\shref="(/[^"#]*)')
# Sign-in and admin are for people with a session; a feed or a picture is no page.
LEFT_OUT = ("/accounts/", "/admin/", "/media/", "/static/", "/documents/", "/s/", "/og/", "/embed/", "/api/")
STARTS = ("/en/", "/de/")
# Lists can be narrowed in more ways than there are entries; so many pages are a day of a small network.
MOST_PAGES = 1_500
KINDS = ("projects", "organizations", "stories", "hubs")
LIST_PAGES = 25
LIST_PATHS = ("/en/projects/", "/en/projects/?page=300", "/en/organizations/?page=50", "/en/stories/?page=50")


def measure() -> Iterator[Figure]:
    with serve(ready(DEMO)) as server:
        fresh = server.memory()
        number = _crawl(server)
        source = f"{number} pages, {fresh:.0f} MB before the first"
        yield Figure("Memory: after crawling the demo", server.memory(), BAR, "MB", source=source)
    with serve(ready(scale(ENTRIES))) as server:
        number = _read_lists(server)
        source = f"{number} answers of lists and facets at {ENTRIES} entries"
        yield Figure("Memory: after reading the lists", server.memory(), BAR, "MB", source=source)


def _crawl(server: Server) -> int:
    """Follow every link between pages. Returns how many answered."""
    waiting = deque(STARTS)
    seen = set(STARTS)
    number = 0
    while waiting and number < MOST_PAGES:
        try:
            body = ask(server.target(waiting.popleft())).body
        except UnexpectedAnswerError:
            continue
        number += 1
        for link in LINK.findall(body):
            path = link.decode().replace("&amp;", "&")
            if path not in seen and not path.startswith(LEFT_OUT):
                seen.add(path)
                waiting.append(path)
    return number


def _read_lists(server: Server) -> int:
    for path in LIST_PATHS:
        ask(server.target(path))
    number = len(LIST_PATHS)
    for kind in KINDS:
        ask(server.target(f"/api/v1/{kind}/facets/"))
        number += 1
        following = f"{server.url}/api/v1/{kind}/?page_size=100"
        for _page in range(LIST_PAGES):
            answer = orjson.loads(ask(Target(following)).body)
            number += 1
            following = answer["next"]
            if not following:
                break
    return number
