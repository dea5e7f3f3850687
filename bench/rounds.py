"""Measures things turn by turn, so that whatever else the machine does falls on all of them alike."""

from collections.abc import Callable, Mapping
from time import perf_counter

from .client import MILLISECONDS, Target, load
from .table import median

Runs = dict[str, list[float]]


def rates(targets: Mapping[str, Target], *, rounds: int = 9, seconds: float = 0.5, connections: int = 4) -> Runs:
    """Return the requests per second of each target in each round. A first round warms up and does not count."""
    for target in targets.values():
        load(target, seconds=seconds / 2, connections=connections)
    found: Runs = {name: [] for name in targets}
    for number in range(rounds):
        for name in _turned(targets, number):
            found[name].append(load(targets[name], seconds=seconds, connections=connections).per_second)
    return found


def times(calls: Mapping[str, Callable[[], object]], *, rounds: int = 15, warm: int = 2) -> Runs:
    """Return the milliseconds of each call in each round. The first calls warm up and do not count."""
    for call in calls.values():
        for _number in range(warm):
            call()
    found: Runs = {name: [] for name in calls}
    for number in range(rounds):
        for name in _turned(calls, number):
            begin = perf_counter()
            calls[name]()
            found[name].append((perf_counter() - begin) * MILLISECONDS)
    return found


def ratio(runs: Runs, above: str, below: str) -> float:
    """Return how many times one is the other: the median of what it was in each round."""
    return median(one / other for one, other in zip(runs[above], runs[below], strict=True))


def _turned(names: Mapping[str, object], number: int) -> list[str]:
    """Return the names in an order that begins with another one each time."""
    ordered = list(names)
    start = number % len(ordered)
    return ordered[start:] + ordered[:start]
