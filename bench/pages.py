"""What an anonymous visitor waits for: kept pages beside an empty view, and beside an ordinary Wagtail listing."""

from collections.abc import Iterator

from .client import UnexpectedAnswerError, ask
from .databases import ready, scale
from .queries import CARDS, LISTING, cards_in
from .rounds import rates, ratio
from .server import Server, serve
from .table import Figure, median

HOME = "/en/"
BARE, STOCK = "/bench/bare/", "/bench/stock/en/"
ENTRIES = 20_000
STOCK_CARD = b"<h2>"


def measure() -> Iterator[Figure]:
    with serve(ready(scale(ENTRIES)), application="bench.wsgi:application") as server:
        _check(server)
        targets = {name: server.target(path) for name, path in _ADDRESSES.items()}
        sizes = {name: len(ask(target).body) / 1024 for name, target in targets.items()}
        runs = rates(targets)
    speeds = {name: median(found) for name, found in runs.items()}
    for name in ("listing", "home"):
        source = f"{speeds[name]:.0f} and {speeds['bare']:.0f} a second; {sizes[name]:.0f} kB and two letters"
        yield Figure(
            f"Warm {name} page beside an empty view", ratio(runs, name, "bare"), 0.7, "×", is_least=True, source=source
        )
    source = f"{speeds['listing']:.0f} and {speeds['stock']:.0f} a second; {CARDS} cards each"
    yield Figure(
        "Warm listing beside stock caching", ratio(runs, "listing", "stock"), 40, "×", is_least=True, source=source
    )


_ADDRESSES = {"listing": LISTING, "home": HOME, "bare": BARE, "stock": STOCK}


def _check(server: Server) -> None:
    """Raise UnexpectedAnswerError unless both listings show as much."""
    numbers = [cards_in(ask(server.target(LISTING)).body), ask(server.target(STOCK)).body.count(STOCK_CARD)]
    if numbers != [CARDS, CARDS]:
        message = f"The listings show {numbers} cards, not {CARDS}."
        raise UnexpectedAnswerError(message)
