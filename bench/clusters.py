"""The whole world on a map: a million points in clusters."""

from collections.abc import Iterator

import orjson

from cms.directory.browse import Browse
from cms.directory.clusters import map_view
from cms.directory.enums import Kind
from cms.taxonomy.selectors import terms

from .client import UnexpectedAnswerError, ask
from .databases import ready, use
from .nearby import POSTGIS_SIZES, points
from .rounds import times
from .server import Server, serve
from .table import Figure, median

ZOOM = 2
WORLD = f"/api/v1/projects/clusters/?bbox=-180,-85,180,85&zoom={ZOOM}"
LANGUAGE = "en"
# Our own bound: a second look at what changed a moment ago must not feel like an outage.
COUNTED_ANEW = 1_000


def measure() -> Iterator[Figure]:
    number = POSTGIS_SIZES[-1]
    name = ready(points(number))
    with serve(name) as server:
        _check(server, number)
        target = server.target(WORLD)
        runs = times({"warm": lambda: ask(target)}, rounds=50, warm=5)
        yield Figure(f"World view of {number} points, warm", median(runs["warm"]), 200, "ms", source="over HTTP")
    with use(name):
        labels, browse = terms(LANGUAGE), Browse(Kind.PROJECT)
        runs = times({"anew": lambda: map_view(browse, labels, LANGUAGE, ZOOM)}, rounds=9)
        yield Figure(
            f"World view of {number} points, counted anew", median(runs["anew"]), COUNTED_ANEW, "ms",
            source="once after each publication",
        )  # fmt: skip


def _check(server: Server, number: int) -> None:
    """Raise UnexpectedAnswerError unless all points are counted."""
    features = orjson.loads(ask(server.target(WORLD)).body)["features"]
    shown = sum(feature["properties"].get("count", 1) for feature in features)
    if shown < number:
        message = f"The world shows {shown} of {number} points."
        raise UnexpectedAnswerError(message)
