"""The shipped themes: the same custom properties that a hub sets for itself."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Theme:
    """Accent, the ink on it and the paper, each by day and by night (#rrggbb)."""

    label: str | Promise
    accent: tuple[str, str]
    accent_ink: tuple[str, str]
    paper: tuple[str, str]


THEMES = {
    "meadow": Theme(_("Meadow green"), ("#17704a", "#7dcc9c"), ("#fffdf8", "#0b1a18"), ("#f7f2e8", "#0e1d20")),
    "harbour": Theme(_("Harbour blue"), ("#1f5f8b", "#8ec3ea"), ("#fffdf8", "#08161f"), ("#f3f4f1", "#0d1a22")),
    "heath": Theme(_("Heath violet"), ("#6b4287", "#c9aae3"), ("#fffdf8", "#170d1e"), ("#f6f2ee", "#17141f")),
}
DEFAULT_THEME = "meadow"
THEME_CHOICES = [(key, theme.label) for key, theme in THEMES.items()]


def stylesheet(selector: str, properties: dict[str, str]) -> str:
    """Return one rule that sets custom properties. Values must be checked before: nothing is escaped here."""
    declarations = "".join(f"--{name}:{value};" for name, value in properties.items())
    return f"{selector}{{{declarations}}}\n"


def theme_properties(theme: Theme) -> dict[str, str]:
    """Return the custom properties of a theme."""
    return {
        "hub-accent": f"light-dark({theme.accent[0]},{theme.accent[1]})",
        "hub-accent-ink": f"light-dark({theme.accent_ink[0]},{theme.accent_ink[1]})",
        "hub-paper": f"light-dark({theme.paper[0]},{theme.paper[1]})",
    }
