"""A hub's own colours: checked for contrast when saved, written as custom properties."""

from cms.core.contrast import TEXT_MINIMUM, contrast, is_colour

from .enums import HeadlineFace

# The inks of the design system, by day and by night (cms/core/static/groundswell/css/tokens.css).
INK = ("#12302a", "#ece6d8")
SOFT_INK = ("#46584f", "#abb8ae")
LIGHT_ON_ACCENT, DARK_ON_ACCENT = "#fffdf8", "#0b1a18"

HEADLINES = {
    HeadlineFace.SERIF: {"headline-face": "var(--serif)", "headline-weight": "400", "headline-tracking": "-0.028em"},
    HeadlineFace.SERIF_BOLD: {
        "headline-face": "var(--serif)",
        "headline-weight": "600",
        "headline-tracking": "-0.02em",
    },
    HeadlineFace.SANS: {"headline-face": "var(--sans)", "headline-weight": "700", "headline-tracking": "-0.035em"},
}


def ink_on(accent: str) -> str:
    """Return the lighter or darker ink, whichever reads better on the accent."""
    return max((LIGHT_ON_ACCENT, DARK_ON_ACCENT), key=lambda ink: contrast(ink, accent))


def weak_pairs(accent: str, paper: str, *, is_night: bool) -> list[tuple[str, float]]:
    """Return what cannot be read well enough (WCAG 2.2 AA, 4.5 to 1), as name and ratio.

    Raises ValueError for a colour that is not #rrggbb.
    """
    if not (is_colour(accent) and is_colour(paper)):
        message = "Colours are written as #rrggbb."
        raise ValueError(message)
    pairs = {
        "accent": contrast(accent, paper),
        "accent_ink": contrast(ink_on(accent), accent),
        "ink": contrast(INK[is_night], paper),
        "soft_ink": contrast(SOFT_INK[is_night], paper),
    }
    return [(name, round(ratio, 2)) for name, ratio in pairs.items() if ratio < TEXT_MINIMUM]


def hub_properties(accents: tuple[str, str], papers: tuple[str, str], headline: str) -> dict[str, str]:
    """Return the custom properties of a hub; accents and papers by day and by night."""
    return {
        "hub-accent": f"light-dark({accents[0]},{accents[1]})",
        "hub-accent-ink": f"light-dark({ink_on(accents[0])},{ink_on(accents[1])})",
        "hub-paper": f"light-dark({papers[0]},{papers[1]})",
        **HEADLINES[HeadlineFace(headline)],
    }
