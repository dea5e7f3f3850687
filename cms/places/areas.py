"""Boxes of degrees as addresses write them: west,south,east,north, rounded so that few addresses say the same."""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from .geo import ANTIMERIDIAN, POLE, Box

AREA = re.compile(r"-?\d{1,3}(?:\.\d{1,9})?(?:,-?\d{1,3}(?:\.\d{1,9})?){3}", re.ASCII)
# The wider a box is, in degrees, the coarser its edges are: never by more than a fiftieth.
DECIMALS = ((50, 0), (5, 1), (0.5, 2), (0.05, 3))
FINEST = 4
FULL_CIRCLE = 2 * ANTIMERIDIAN


def read_area(text: str) -> tuple[Box, str] | None:
    """Return the box that an address names, rounded outwards, and the one way to write it; None for anything else."""
    if not AREA.fullmatch(text):
        return None
    west, south, east, north = edges = [Decimal(number) for number in text.split(",")]
    if max(abs(west), abs(east)) > ANTIMERIDIAN or max(abs(south), abs(north)) > POLE or south > north:
        return None
    decimals = FINEST + 1
    # Rounding widens a box, and a wider one is rounded more coarsely: until nothing changes any more.
    while _decimals(edges) < decimals:
        decimals = _decimals(edges)
        edges = _rounded(edges, decimals)
    west, south, east, north = map(float, edges)
    return Box(south, west, north, east), ",".join(
        f"{edge + 0.0:.{FINEST}f}".rstrip("0").rstrip(".") for edge in (west, south, east, north)
    )


def written_area(box: Box) -> str:
    """Return the one way to write a box that was computed."""
    edges = ",".join(f"{edge:.6f}" for edge in (box.west, box.south, box.east, box.north))
    found = read_area(edges)
    return found[1] if found else ""


def _decimals(edges: list[Decimal]) -> int:
    west, south, east, north = map(float, edges)
    width = east - west if west <= east else east - west + FULL_CIRCLE
    span = max(width, north - south)
    return next((decimals for least, decimals in DECIMALS if span >= least), FINEST)


def _rounded(edges: list[Decimal], decimals: int) -> list[Decimal]:
    west, south, east, north = edges
    step = Decimal(1).scaleb(-decimals)
    return [
        west.quantize(step, ROUND_FLOOR),
        south.quantize(step, ROUND_FLOOR),
        east.quantize(step, ROUND_CEILING),
        north.quantize(step, ROUND_CEILING),
    ]
