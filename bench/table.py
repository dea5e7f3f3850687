"""Figures, and the table that says which of them hold."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADINGS = ("figure", "measured", "bar", "holds", "from")


@dataclass(frozen=True)
class Figure:
    """One promise and what came of it. `bar` is the most that it may be, with `is_least` the least.

    `source` says what was put in relation. A figure that could not be measured is not a number, and does not hold.
    """

    name: str
    measured: float
    bar: float
    unit: str = ""
    is_least: bool = False
    source: str = ""

    @property
    def holds(self) -> bool:
        return self.measured >= self.bar if self.is_least else self.measured <= self.bar


def failed(name: str, error: Exception) -> Figure:
    """Return the figure of a measurement that broke off."""
    return Figure(name, math.nan, math.nan, source=" ".join(f"{type(error).__name__}: {error}".split())[:160])


def written(figure: Figure) -> tuple[str, ...]:
    """Return the cells of one line."""
    sign = "≥" if figure.is_least else "≤"
    measured, bar = _number(figure.measured, figure.unit), _number(figure.bar, figure.unit)
    return figure.name, measured, f"{sign} {bar}", "yes" if figure.holds else "NO", figure.source


def print_table(figures: Sequence[Figure]) -> int:
    """Print every figure. Returns the exit code: 0 when all of them hold, 1 when one does not or there is none."""
    rows = [HEADINGS, *map(written, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for number, row in enumerate(rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if not number:
            print("  ".join("-" * width for width in widths))
    missed = [figure.name for figure in figures if not figure.holds]
    print(f"\n{len(figures) - len(missed)} of {len(figures)} figures hold.")
    for name in missed:
        print(f"Does not hold: {name}")
    return 1 if missed or not figures else 0


def median(values: Iterable[float]) -> float:
    """Return the middle one of some numbers."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _number(value: float, unit: str) -> str:
    if math.isnan(value):
        return "—"
    digits = f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.2f}"  # noqa: PLR2004 (three digits)
    return f"{digits} {unit}".strip()
