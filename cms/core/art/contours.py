"""Land seen from above: height lines of a few hills, found by marching squares."""

import math
from collections.abc import Iterator
from random import Random

from .ink import FILLS, HEIGHT, LINE, WIDTH, Point, ground, shape, smooth, sun

CELL = 20
MARGIN = 2  # cells around the picture, so that no line ends inside it
COLUMNS, ROWS = WIDTH // CELL + 2 * MARGIN + 1, HEIGHT // CELL + 2 * MARGIN + 1
SEA = -9.0  # the border lies below every level, so every outline closes
LEVELS = 11
SHORTEST_OUTLINE = 6

Corner = tuple[int, int]
Edge = tuple[Corner, Corner]
Heights = list[list[float]]


def draw_contours(dice: Random) -> list[str]:
    """Draw height lines, every second level filled, a sun on the highest peak."""
    hills = [
        (dice.uniform(0, COLUMNS), dice.uniform(0, ROWS), dice.uniform(3.5, 9), dice.uniform(0.35, 1)) for _ in range(6)
    ]
    heights = _heights(hills)
    top = max(max(row) for row in heights)
    parts = [ground(), *(_level(heights, number, top * number / LEVELS) for number in range(1, LEVELS))]
    x, y, _spread, _height = max(hills, key=lambda hill: hill[3])
    if 2 * MARGIN < x < COLUMNS - 2 * MARGIN and 2 * MARGIN < y < ROWS - 2 * MARGIN:
        parts.append(sun((x - MARGIN) * CELL, (y - MARGIN) * CELL, 9))
    return parts


def _heights(hills: list[tuple[float, float, float, float]]) -> Heights:
    heights = [[SEA] * COLUMNS for _ in range(ROWS)]
    for y in range(1, ROWS - 1):
        for x in range(1, COLUMNS - 1):
            heights[y][x] = sum(
                height * math.exp(-((x - a) ** 2 + (y - b) ** 2 * 1.3) / (2 * spread * spread))
                for a, b, spread, height in hills
            )
    return heights


def _level(heights: Heights, number: int, level: float) -> str:
    is_filled = number % 2 == 0
    lines = (smooth(line, closed=True) for line in outlines(heights, level) if len(line) > SHORTEST_OUTLINE)
    return shape(
        "".join(lines),
        FILLS[number // 2] if is_filled else "none",
        fill_rule="evenodd",
        stroke=LINE,
        stroke_opacity=0.2 if is_filled else 0.45,
        stroke_width=1.1,
    )


def outlines(heights: Heights, level: float) -> Iterator[list[Point]]:
    """Yield the closed outlines of the area above a level."""
    following: dict[Edge, Edge] = {}
    for y in range(len(heights) - 1):
        for x in range(len(heights[0]) - 1):
            following.update(_cuts(heights, level, x, y))
    while following:
        start, edge = following.popitem()
        chain = [start]
        while edge != start:
            chain.append(edge)
            edge = following.pop(edge)
        yield [_crossing(heights, level, edge) for edge in chain]


def _cuts(heights: Heights, level: float, x: int, y: int) -> Iterator[tuple[Edge, Edge]]:
    corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
    is_high = [heights[row][column] > level for column, row in corners]
    cuts = []
    for number, corner in enumerate(corners):
        after = (number + 1) % 4
        if is_high[number] != is_high[after]:
            one, other = sorted((corner, corners[after]))
            cuts.append(((one, other), is_high[number]))
    leaving = [edge for edge, was_high in cuts if was_high]
    entering = [edge for edge, was_high in cuts if not was_high]
    return zip(leaving, entering, strict=True)


def _crossing(heights: Heights, level: float, edge: Edge) -> Point:
    (ax, ay), (bx, by) = edge
    low, high = heights[ay][ax], heights[by][bx]
    part = min(1.0, max(0.0, (level - low) / ((high - low) or 1)))
    return (ax + (bx - ax) * part - MARGIN) * CELL, (ay + (by - ay) * part - MARGIN) * CELL
