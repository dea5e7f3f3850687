"""Colours for pictures that no browser paints: what the stylesheets mix, mixed here by the same rules.

OKLab as CSS Color 4 has it (https://www.w3.org/TR/css-color-4/#ok-lab). Channels of Lab run from 0 to 1, of RGB from 0
to 255.
"""

from cms.core.themes import DEFAULT_THEME, THEMES

Rgb = tuple[int, int, int]
Lab = tuple[float, float, float]

INK, SOFT_INK = "#12302a", "#46584f"
SUN, LINE = "#d9793f", "#12302a"
# The sector hues by day, as in cms/core/static/groundswell/css/tokens.css; a test compares them.
HUES = {
    "energy": "#7c5806",
    "mobility": "#2b5c88",
    "food": "#55641a",
    "buildings": "#93432a",
    "nature": "#2a6742",
    "circular": "#7a4061",
    "learning": "#514d87",
    "water": "#1a626c",
}
# How much of the tint, and what it is mixed with, from the sky to the ground: .art in art.css.
_DAY = "#f1ead9"
_STEPS = ((0.11, _DAY), (0.26, _DAY), (0.45, _DAY), (0.68, _DAY), (0.88, "#14302a"), (0.52, "#0c2420"))
_LIGHTER, _STRONGER = 0.07, 1.12
_GAMMA, _LINEAR_LIMIT, _ENCODED_LIMIT = 2.4, 0.0031308, 0.04045


def rgb(colour: str) -> Rgb:
    """Return the channels of a colour #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: Lab, other: Lab, share: float) -> Lab:
    """Return `share` of one colour in the other, as color-mix(in oklab) does."""
    first, second, third = (a * share + b * (1 - share) for a, b in zip(one, other, strict=True))
    return first, second, third


def to_lab(colour: str) -> Lab:
    """Return a colour #rrggbb in OKLab."""
    red, green, blue = (_linear(channel / 255) for channel in rgb(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def from_lab(lab: Lab) -> Rgb:
    """Return a colour of OKLab as red, green and blue, each cut to what a screen has."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _channel(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _channel(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _channel(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _linear(channel: float) -> float:
    if channel <= _ENCODED_LIMIT:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** _GAMMA)


def _channel(linear: float) -> int:
    linear = min(1.0, max(0.0, linear))
    encoded = 12.92 * linear if linear <= _LINEAR_LIMIT else 1.055 * linear ** (1 / _GAMMA) - 0.055
    return round(255 * encoded)


def accent_of(theme: str) -> str:
    """Return a shipped theme's accent by day."""
    return THEMES.get(theme, THEMES[DEFAULT_THEME]).accent[0]


def paper_of(theme: str) -> str:
    """Return a shipped theme's paper by day."""
    return THEMES.get(theme, THEMES[DEFAULT_THEME]).paper[0]


def fills(own: str) -> list[Rgb]:
    """Return the six fills of a drawing in a hue, from the sky to the ground."""
    lightness, a, b = to_lab(own)
    tint = (lightness + _LIGHTER, a * _STRONGER, b * _STRONGER)
    return [from_lab(mix(tint, to_lab(other), share)) for share, other in _STEPS]
