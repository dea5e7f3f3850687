"""Paints the drawings of `cms.core.art` as pixels: the few shapes and path commands that they are made of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from PIL import Image, ImageChops, ImageDraw

from cms.core.art.ink import HEIGHT, WIDTH

from .colours import LINE, SUN, Rgb, rgb

Point = tuple[float, float]
Line = list[Point]

# Painted larger and scaled down: Pillow draws hard edges.
OVERSAMPLING = 2
CURVE_STEPS = 6
SIGNS = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")
FILL = re.compile(r"--art-(\d)")


def paint(drawing: str, size: tuple[int, int], palette: list[Rgb]) -> Image.Image:
    """Return an SVG document of `cms.core.art` as a picture that covers the size, cut at the longer sides."""
    width, height = (side * OVERSAMPLING for side in size)
    scale = max(width / WIDTH, height / HEIGHT)
    plot = _Plot(Image.new("RGB", (width, height), palette[0]), scale, palette)
    for shape in fromstring(drawing).iter():  # noqa: S314 - our own drawing
        plot.add(shape)
    return plot.sheet.resize(size, Image.Resampling.LANCZOS)


@dataclass
class _Plot:
    """A sheet under work; the drawing lies on it centred."""

    sheet: Image.Image
    scale: float
    palette: list[Rgb]

    def add(self, shape: Element) -> None:
        kind = shape.tag.rpartition("}")[2]
        if kind == "circle":
            x, y, radius = (float(shape.get(name, "0")) for name in ("cx", "cy", "r"))
            (left, top), (right, bottom) = self._place([(x - radius, y - radius), (x + radius, y + radius)])
            ImageDraw.Draw(self.sheet).ellipse((left, top, right, bottom), fill=self._colour(shape.get("fill", "")))
        elif kind == "path":
            self._path(shape, [self._place(line) for line in outlines(shape.get("d", ""))])

    def _path(self, shape: Element, lines: list[Line]) -> None:
        fill = shape.get("fill", "none")
        if fill != "none":
            self._fill(lines, self._colour(fill), is_even_odd=shape.get("fill-rule") == "evenodd")
        if shape.get("stroke"):
            width = max(1, round(float(shape.get("stroke-width", "1")) * self.scale))
            self._stroke(lines, self._colour(shape.get("stroke", "")), width, float(shape.get("stroke-opacity", "1")))

    def _fill(self, lines: list[Line], colour: Rgb, *, is_even_odd: bool) -> None:
        if not is_even_odd:
            draw = ImageDraw.Draw(self.sheet)
            for line in lines:
                draw.polygon(line, fill=colour)
            return
        mask = Image.new("1", self.sheet.size)
        for line in lines:
            one = Image.new("1", self.sheet.size)
            ImageDraw.Draw(one).polygon(line, fill=1)
            mask = ImageChops.logical_xor(mask, one)
        self.sheet.paste(colour, mask=mask)

    def _stroke(self, lines: list[Line], colour: Rgb, width: int, opacity: float) -> None:
        mask = Image.new("L", self.sheet.size)
        draw = ImageDraw.Draw(mask)
        for line in lines:
            draw.line(line, fill=round(255 * opacity), width=width, joint="curve")
        self.sheet.paste(colour, mask=mask)

    def _place(self, line: Line) -> Line:
        left = (self.sheet.width - WIDTH * self.scale) / 2
        top = (self.sheet.height - HEIGHT * self.scale) / 2
        return [(left + x * self.scale, top + y * self.scale) for x, y in line]

    def _colour(self, paint: str) -> Rgb:
        found = FILL.search(paint)
        if found:
            return self.palette[int(found[1])]
        return rgb(SUN if "--art-sun" in paint else LINE)


def outlines(path: str) -> Iterator[Line]:
    """Yield the lines of a path's data, curves in short straight pieces. Raises KeyError for other commands."""
    signs = SIGNS.findall(path)
    pen = _Pen()
    command = ""
    while signs:
        if signs[0].isalpha():
            command = signs.pop(0)
        count = ARGUMENTS[command.upper()]
        values = [float(signs.pop(0)) for _ in range(count)]
        STROKES[command.upper()](pen, values, command.islower())
        # What follows a move without a letter of its own is a line.
        command = {"M": "L", "m": "l"}.get(command, command)
    yield from (line for line in pen.lines if len(line) > 1)


class _Pen:
    """Where the pen is, and what it has drawn."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.here: Point = (0.0, 0.0)

    def move(self, values: list[float], is_relative: bool) -> None:  # noqa: FBT001 (one signature for all strokes)
        self.here = self._point(values, is_relative)
        self.lines.append([self.here])

    def line(self, values: list[float], is_relative: bool) -> None:  # noqa: FBT001
        self._to(self._point(values, is_relative))

    def across(self, values: list[float], is_relative: bool) -> None:  # noqa: FBT001
        self._to((values[0] + (self.here[0] if is_relative else 0), self.here[1]))

    def down(self, values: list[float], is_relative: bool) -> None:  # noqa: FBT001
        self._to((self.here[0], values[0] + (self.here[1] if is_relative else 0)))

    def curve(self, values: list[float], is_relative: bool) -> None:  # noqa: FBT001
        (ax, ay), (bx, by), (cx, cy) = (
            self.here,
            self._point(values[:2], is_relative),
            self._point(values[2:], is_relative),
        )
        for step in range(1, CURVE_STEPS + 1):
            t = step / CURVE_STEPS
            u = 1 - t
            self._to((u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy))

    def close(self, _values: list[float], is_relative: bool) -> None:  # noqa: FBT001
        self._to(self.lines[-1][0])

    def _point(self, values: list[float], is_relative: bool) -> Point:  # noqa: FBT001
        x, y = values
        return (self.here[0] + x, self.here[1] + y) if is_relative else (x, y)

    def _to(self, point: Point) -> None:
        self.here = point
        self.lines[-1].append(point)


ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "Z": 0}
STROKES: dict[str, Callable[[_Pen, list[float], bool], None]] = {
    "M": _Pen.move,
    "L": _Pen.line,
    "H": _Pen.across,
    "V": _Pen.down,
    "Q": _Pen.curve,
    "Z": _Pen.close,
}
