import hashlib
import random
from collections.abc import Callable

from .contours import draw_contours
from .ink import HEIGHT, WIDTH
from .landscapes import draw_field, draw_strata, draw_swell, draw_terraces
from .names import art_slug

Motif = Callable[[random.Random], list[str]]

# The order decides what existing titles look like: a new motif goes to the end.
MOTIFS: tuple[Motif, ...] = (draw_contours, draw_strata, draw_field, draw_swell, draw_terraces)

# What suits a subject best comes up more often in it.
FAVOURITES: dict[str, Motif] = {
    "energy": draw_field,
    "mobility": draw_terraces,
    "food": draw_field,
    "buildings": draw_terraces,
    "nature": draw_contours,
    "water": draw_swell,
}


def draw(title: str, sector: str | None) -> str:
    """Return the drawing of a title as an SVG document.

    The same title and sector hue always give the same drawing, and a title the same as its slug. Show it with
    `<use href="….svg#art">`: then it takes its colours from the page; as a plain image it has colours of its own.
    """
    seed = hashlib.sha256(art_slug(title).encode()).digest()
    favourite = FAVOURITES.get(sector or "")
    motifs = (favourite, favourite, *MOTIFS) if favourite else MOTIFS
    motif = motifs[seed[0] % len(motifs)]
    body = "".join(motif(random.Random(seed)))  # noqa: S311 - a drawing, not a secret
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice">'
        f'<g id="art">{body}</g></svg>\n'
    )
