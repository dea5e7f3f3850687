"""The project list of the API: how it grows, how it stands beside the shortest program, what a 304 costs."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count

import orjson

from .client import UnexpectedAnswerError, ask
from .databases import ready, scale
from .queries import queries_of
from .rounds import Runs, rates, ratio, times
from .server import Server, serve
from .table import Figure, median

SIZES = (200, 2_000, 20_000)
ROWS = 25
# Our own bound: counting anew reads every term, hub and language of all that was asked for, the list those of one page.
WIDE_FACETS = 12
FILTERS = "open=true&sector=energy"
QUESTION = f"lang=en&{FILTERS}&page_size={ROWS}"
LIST = f"/api/v1/projects/?{QUESTION}"
FACETS = f"/api/v1/projects/facets/?lang=en&{FILTERS}"
RAW = f"/bench/raw/?{QUESTION}"


def measure() -> Iterator[Figure]:
    names = {size: ready(scale(size)) for size in SIZES}
    numbers = [queries_of(names[size], LIST) for size in SIZES]
    yield Figure("List: queries", max(numbers), 4, "queries", source=f"{numbers} at {SIZES}")
    yield Figure("List: more queries where there is more", max(numbers) - min(numbers), 0, "queries")
    yield from _growth(names)
    with serve(names[SIZES[-1]], application="bench.wsgi:application") as server:
        yield from _beside_raw(server)
        yield from _facets(server)


def _growth(names: dict[int, str]) -> Iterator[Figure]:
    """Ask servers of every size in turn, one request at a time."""
    with ExitStack() as stack:
        targets = {}
        for size, name in names.items():
            server = stack.enter_context(serve(name))
            targets[str(size)] = server.target(LIST)
            _check(server)
        runs = rates(targets, connections=1)
    few, many = str(SIZES[0]), str(SIZES[-1])
    spent = ", ".join(f"{1000 / median(runs[size]):.1f} ms at {size}" for size in targets)
    yield Figure(f"List: time at {many} beside {few}", ratio(runs, few, many), 1.5, "×", source=spent)


def _check(server: Server) -> None:
    """Raise UnexpectedAnswerError unless a whole page comes: half a page would be half the work."""
    number = len(orjson.loads(ask(server.target(LIST)).body)["results"])
    if number != ROWS:
        message = f"{LIST} brings {number} rows, not {ROWS}."
        raise UnexpectedAnswerError(message)


def _beside_raw(server: Server) -> Iterator[Figure]:
    ours, raw = server.target(LIST), server.target(RAW)
    answer = ask(ours)
    if answer.body != ask(raw).body:
        message = "The program to compare with does not give the same bytes."
        raise UnexpectedAnswerError(message)
    held = server.target(LIST, ("If-None-Match", answer.header("etag")), status=304)
    runs = rates({"ours": ours, "raw": raw, "304": held})
    speeds = {name: median(found) for name, found in runs.items()}
    yield Figure(
        "List: beside raw psycopg2 and orjson", ratio(runs, "ours", "raw"), 0.45, "×", is_least=True,
        source=f"{speeds['ours']:.0f} and {speeds['raw']:.0f} a second, the same {len(answer.body)} bytes",
    )  # fmt: skip
    yield Figure(
        "List: a 304 beside the 200", ratio(runs, "304", "ours"), 3, "×", is_least=True,
        source=f"{speeds['304']:.0f} and {speeds['ours']:.0f} a second",
    )  # fmt: skip


def _facets(server: Server) -> Iterator[Figure]:
    runs = rates({"facets": server.target(FACETS), "list": server.target(LIST)})
    speeds = {name: median(found) for name, found in runs.items()}
    yield Figure(
        "Facets: time beside the list", ratio(runs, "list", "facets"), 3, "×",
        source=f"{speeds['facets']:.0f} and {speeds['list']:.0f} a second, numbers kept for at most a minute",
    )  # fmt: skip
    for where, most, area in (("a circle", 3, _circle), ("half the world", WIDE_FACETS, _half_the_world)):
        runs = _uncounted(server, area)
        spent = {name: median(found) for name, found in runs.items()}
        yield Figure(
            f"Facets: of {where}, never asked before", ratio(runs, "facets", "list"), most, "×",
            source=f"{spent['facets']:.0f} and {spent['list']:.0f} ms",
        )  # fmt: skip


def _circle(number: int) -> str:
    return f"near=51,10&radius={499 + number / 100_000}"


def _half_the_world(number: int) -> str:
    return f"bbox=-90,0,{90 + number / 100_000},90"


def _uncounted(server: Server, area: Callable[[int], str]) -> Runs:
    """Return the times of questions that differ each time and find the same: an area, a metre wider each time."""
    numbers = count(1)

    def asking(path: str) -> Callable[[], object]:
        return lambda: ask(server.target(f"{path}&{area(next(numbers))}"))

    return times({"facets": asking(FACETS), "list": asking(f"{LIST}&ordering=rank")})
