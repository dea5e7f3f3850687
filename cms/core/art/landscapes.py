"""Land, water and plots seen from where we stand. Numbers are pixels of a 600 by 400 sheet."""

import math
from random import Random

from .ink import FILLS, HEIGHT, SUN, WIDTH, Point, ground, hairline, land, shape, smooth, sun

LAYERS = 6
WAVES = 15
GAP = 5  # between plots
STRIPED_SHARE = 0.28  # of all plots


def _ridge(dice: Random, base: float, height: float, steps: int = 12) -> list[Point]:
    waves = [(dice.uniform(0.6, 2.6), dice.uniform(0, 6.3), dice.uniform(0.3, 1)) for _ in range(3)]
    total = sum(amount for _frequency, _phase, amount in waves)
    return [
        (x, base - height * sum(a * math.sin(f * x / WIDTH * 6.3 + p) for f, p, a in waves) / total)
        for x in (WIDTH * step / steps for step in range(steps + 1))
    ]


def draw_strata(dice: Random) -> list[str]:
    """Layers of land in the distance, with a sun behind them."""
    parts = [ground(), sun(dice.uniform(120, 480), dice.uniform(90, 170), dice.uniform(38, 72))]
    for layer in range(LAYERS):
        line = _ridge(dice, 150 + layer * 48, 46 - layer * 4)
        parts.append(land(line, FILLS[layer or 1]))
        for echo in (1, 2):
            lower = [(x, y + echo * (7 + layer)) for x, y in line]
            parts.append(hairline(smooth(lower), opacity=0.22, width=1))
    return parts


def draw_field(dice: Random) -> list[str]:
    """Rows of a field that run towards the horizon, under a low sun."""
    horizon, vanish = dice.uniform(130, 190), dice.uniform(150, 450)
    radius = dice.uniform(52, 96)
    parts = [ground(FILLS[1]), sun(vanish + dice.uniform(-120, 120), horizon - radius * 0.25, radius)]
    parts += [land(_ridge(dice, horizon - 8, 22), FILLS[2]), shape(f"M0 {horizon:.0f}H600V400H0z", FILLS[3])]
    for row in range(-13, 14, 2):
        far, near = vanish + row * 16, vanish + row * 120
        bend = (far + near) / 2 - row * 22 + dice.uniform(-8, 8)
        parts.append(
            shape(
                f"M{far:.0f} {horizon:.0f}Q{bend:.0f} {horizon + 110:.0f} {near:.0f} {HEIGHT}"
                f"H{near + 120:.0f}Q{bend + 66:.0f} {horizon + 110:.0f} {far + 16:.0f} {horizon:.0f}z",
                FILLS[4 if row % 4 == 1 else 5],
            )
        )
    return parts


def draw_swell(dice: Random) -> list[str]:
    """Water: lines that rise and fall together."""
    crest, width = dice.uniform(160, 440), dice.uniform(90, 170)
    second = dice.uniform(60, 540)
    parts = [ground(FILLS[4]), sun(crest + dice.uniform(-90, 90), 112, dice.uniform(34, 58))]
    for wave in range(WAVES):
        base, lift = 128 + wave * 19, 74 * (1 - wave / 19)
        line: list[Point] = [
            (
                x,
                base
                - lift * math.exp(-(((x - crest - wave * 9) / width) ** 2))
                - lift * 0.45 * math.exp(-(((x - second + wave * 6) / (width * 0.7)) ** 2)),
            )
            for x in range(-25, WIDTH + 51, 25)
        ]
        fill = FILLS[(5, 4, 3, 4)[wave % 4]]
        path = f"{smooth(line)}V{HEIGHT}H-25z"
        parts.append(shape(path, fill, stroke=FILLS[1], stroke_opacity=0.75, stroke_width=1.3))
    return parts


def draw_terraces(dice: Random) -> list[str]:
    """Roofs and plots: slanted strips of different depth, one of them lit."""
    parts = [ground()]
    lean, y, lit = dice.uniform(0.12, 0.34), 60.0, dice.randint(12, 26)
    plot = 0
    while y < HEIGHT + 190:
        depth, x = dice.uniform(40, 78), dice.uniform(-90, -20)
        while x < WIDTH + 20:
            run = dice.uniform(60, 190)
            top = y - x * lean
            if top - run * lean < HEIGHT and top + depth > 0:
                plot += 1
                parts += _plot(dice, (x, top), (run - GAP, depth), lean, is_lit=plot == lit)
            x += run
        y += depth
    return parts


def _plot(dice: Random, corner: Point, size: Point, lean: float, *, is_lit: bool) -> list[str]:
    (x, top), (across, depth) = corner, size
    rise = across * lean
    fill = SUN if is_lit else dice.choice(FILLS[1:])
    outline = f"M{x:.0f} {top:.0f}l{across:.0f} {-rise:.0f}v{depth - GAP:.0f}l{-across:.0f} {rise:.0f}z"
    if is_lit or dice.random() >= STRIPED_SHARE:
        return [shape(outline, fill)]
    rows = (f"M{x:.0f} {top + depth * row / 5:.0f}l{across:.0f} {-rise:.0f}" for row in range(1, 5))
    return [shape(outline, fill), hairline("".join(rows), opacity=0.35, width=0.9)]
