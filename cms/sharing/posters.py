"""Draws the poster of a page: the picture that stands for it in other networks. Pixels in, pixels out, no database."""

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont, ImageOps

from cms.core.art import draw
from cms.core.templatetags.groundswell import SOFT_HYPHEN, soften

from .colours import HUES, INK, SOFT_INK, SUN, accent_of, fills, paper_of, rgb
from .plotter import paint

# What every large network shows uncut.
WIDTH, HEIGHT = 1200, 630
# Raise it whenever posters shall look different: it is part of every address.
EDITION = 1

TEXT_WIDTH = 640  # the panel of words; the picture has the rest
MARGIN = 64
LARGEST, SMALLEST, STEP = 84, 40, 4
LEADING = 1.08
TITLE_HEIGHT = 330
TITLE_TOP = 132
SMALL, MARK = 26, 44
ELLIPSIS = "…"
SERIF = ("font_source_serif_pro", "SourceSerifPro-Regular.ttf")
SANS = ("font_manrope", "Manrope-SemiBold.ttf")


@dataclass(frozen=True)
class Poster:
    """What a poster says. `hue` is a sector hue or "", `theme` a shipped theme's key, `credit` the photograph's."""

    title: str
    kicker: str = ""
    note: str = ""
    hue: str = ""
    network: str = ""
    theme: str = ""
    credit: str = ""


def render(poster: Poster, photograph: Image.Image | None = None) -> bytes:
    """Return the poster as PNG, 1200 by 630 pixels, with the photograph or a drawing of the title beside the words."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), rgb(paper_of(poster.theme)))
    own = HUES.get(poster.hue) or accent_of(poster.theme)
    sheet.paste(_picture(poster, photograph, own), (TEXT_WIDTH, 0))
    pen = ImageDraw.Draw(sheet)
    space = TEXT_WIDTH - 2 * MARGIN
    pen.text((MARGIN, 72), _cut(poster.kicker, _font(SANS, SMALL), space), rgb(own), _font(SANS, SMALL))
    _title(pen, _known(poster.title, SERIF), space)
    _foot(sheet, pen, poster)
    if photograph is not None and poster.credit:
        _credit(sheet, _cut(poster.credit, _font(SANS, 18), WIDTH - TEXT_WIDTH - 48))
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def _picture(poster: Poster, photograph: Image.Image | None, own: str) -> Image.Image:
    size = (WIDTH - TEXT_WIDTH, HEIGHT)
    if photograph is not None:
        return ImageOps.fit(photograph.convert("RGB"), size, Image.Resampling.LANCZOS)
    return paint(draw(poster.title, poster.hue or None), size, fills(own))


def _title(pen: ImageDraw.ImageDraw, title: str, space: int) -> None:
    """Set the title as large as it fits; below the smallest size it is cut."""
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        font = _font(SERIF, size)
        lines = wrap(title, font, space)
        line_height = round(size * LEADING)
        most = TITLE_HEIGHT // line_height
        if len(lines) <= most and all(font.getlength(line) <= space for line in lines):
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), font, space)]
    for number, line in enumerate(lines):
        pen.text((MARGIN, TITLE_TOP + number * line_height), _cut(line, font, space), rgb(INK), font)


def wrap(text: str, font: ImageFont.FreeTypeFont, space: float) -> list[str]:
    """Return the text in lines that fit into `space` pixels; a word that is longer stands alone."""
    lines: list[str] = []
    for word in text.split():
        first, *others = _pieces(word, font, space)
        if lines and font.getlength(f"{lines[-1]} {first}") <= space:
            lines[-1] += f" {first}"
        else:
            lines.append(first)
        lines += others
    return lines


def _pieces(word: str, font: ImageFont.FreeTypeFont, space: float) -> list[str]:
    """Return a word whole when it fits into a line, else in the parts that a compound is made of."""
    if font.getlength(word) <= space:
        return [word]
    *parts, last = soften(word).split(SOFT_HYPHEN)
    return [*(f"{part}-" for part in parts), last]


def _cut(text: str, font: ImageFont.FreeTypeFont, space: float) -> str:
    text = _known(text, SANS)
    if font.getlength(text) <= space:
        return text
    while text and font.getlength(text.rstrip() + ELLIPSIS) > space:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _foot(sheet: Image.Image, pen: ImageDraw.ImageDraw, poster: Poster) -> None:
    top = HEIGHT - MARGIN - MARK
    sheet.paste(_mark(), (MARGIN, top))
    font, left = _font(SANS, SMALL), MARGIN + MARK + 18
    space = TEXT_WIDTH - MARGIN - left
    name = _cut(poster.network, font, space)
    pen.text((left, top + MARK / 2), name, rgb(INK), font, anchor="lm")
    used = font.getlength(name) + 24
    note = _known(poster.note, SANS)
    if note and font.getlength(note) <= space - used:
        pen.text((left + used, top + MARK / 2), note, rgb(SOFT_INK), font, anchor="lm")


def _mark() -> Image.Image:
    """Return the mark of the design system: a sun over a swell (img/mark.svg)."""
    side, unit = MARK * 4, MARK * 4 / 32
    mark = Image.new("RGB", (side, side), rgb(INK))
    pen = ImageDraw.Draw(mark)
    pen.ellipse((18 * unit, 7 * unit, 26 * unit, 15 * unit), fill=rgb(SUN))
    swell = [*_bend((3, 24), (9, 24), (9, 13), (14.5, 13)), *_bend((14.5, 13), (20, 13), (20, 24), (29, 24))]
    pen.line([(x * unit, y * unit) for x, y in swell], fill=rgb("#8fd3a8"), width=round(2.5 * unit), joint="curve")
    return mark.resize((MARK, MARK), Image.Resampling.LANCZOS)


def _bend(*points: tuple[float, float]) -> list[tuple[float, float]]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    found = []
    for step in range(13):
        t = step / 12
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        found.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found


def _credit(sheet: Image.Image, text: str) -> None:
    font = _font(SANS, 18)
    left, top, right, bottom = font.getbbox(text)
    box = (WIDTH - 24 - (right - left) - 20, HEIGHT - 24 - (bottom - top) - 14, WIDTH - 24, HEIGHT - 24)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle(box, fill=rgb(INK))
    pen.text((box[0] + 10 - left, box[1] + 7 - top), text, (242, 236, 223), font)


@cache
def _font(face: tuple[str, str], size: int) -> ImageFont.FreeTypeFont:
    package, name = face
    return ImageFont.truetype(io.BytesIO((resources.files(package) / "files" / name).read_bytes()), size)


@cache
def _signs(face: tuple[str, str]) -> frozenset[int]:
    package, name = face
    with TTFont(io.BytesIO((resources.files(package) / "files" / name).read_bytes()), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _known(text: str, face: tuple[str, str]) -> str:
    """Return the text without signs that the face lacks: better a gap than a row of empty boxes."""
    signs = _signs(face)
    return " ".join("".join(sign if ord(sign) in signs else " " for sign in text).split())
