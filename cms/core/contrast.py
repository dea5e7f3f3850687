"""Contrast by WCAG 2.2. Pure calculation: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

import re

HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
TEXT_MINIMUM = 4.5
_LINEAR_LIMIT = 0.04045


def is_colour(text: str) -> bool:
    """Return whether the text is a colour of the form #rrggbb."""
    return HEX_COLOUR.fullmatch(text) is not None


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), of a colour #rrggbb."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= _LINEAR_LIMIT else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours #rrggbb, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
