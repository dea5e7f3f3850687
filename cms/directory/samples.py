"""What lists add to the style guide: filters, what is chosen, and nothing found."""

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.style_samples import Sample, register_sample

from .addresses import RADII, USUAL_RADIUS

HERE = SimpleNamespace(path="#sample-filters")
SUBJECTS = [("Energy", "energy", 14), ("Water", "water", 3), ("Nature", "nature", 9)]


def _option(label: str, hue: str, number: int, *, is_chosen: bool = False, is_below: bool = False) -> dict[str, Any]:
    return {
        "name": "sector", "token": label.lower(), "label": label, "hue": hue, "number": number,
        "is_chosen": is_chosen, "is_below": is_below,
    }  # fmt: skip


def _toolbar() -> dict[str, Any]:
    return {
        "request": HERE,
        "chips": [{"label": "Münster, 20 km", "url": "#sample-filters"}, {"label": "Energy", "url": "#sample-filters"}],
        "sorts": [
            {"label": "liveliest first", "url": "#sample-filters", "is_current": True},
            {"label": "newest first", "url": "#sample-filters", "is_current": False},
        ],
    }


def _facets() -> dict[str, Any]:
    energy, *others = [_option(*subject) for subject in SUBJECTS]
    solar = _option("Solar energy", "energy", 6, is_below=True)
    return {
        "request": HERE,
        "form": {
            "words": "", "place": "Münster", "near": "", "sort": "",
            "radii": [{"km": km, "is_chosen": km == USUAL_RADIUS} for km in RADII],
        },
        "groups": [
            {
                "legend": "Subject", "options": [energy | {"is_chosen": True}, solar, *others],
                "folded": [_option("Mobility", "mobility", 0)], "is_unfolded": False,
            }
        ],
    }  # fmt: skip


def _no_results() -> dict[str, Any]:
    return {
        "request": HERE,
        "chosen": 2,
        "loosened": [{"label": "Energy", "number": 3, "url": "#sample-filters"}],
    }


def register() -> None:
    """Put the samples into the style guide."""
    shown = (
        ("directory/toolbar.html", _toolbar),
        ("directory/facets.html", _facets),
        ("directory/no_results.html", _no_results),
    )
    styles = ("groundswell/css/components/browse.css", "directory/index.css")
    register_sample(name="filters", sample=Sample(_("Filters"), shown, styles), order=10)
