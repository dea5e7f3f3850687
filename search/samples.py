"""What search adds to the style guide: something that was found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.style_samples import Sample, register_sample


def _result() -> dict[str, Any]:
    return {
        "result": {
            "title": "Two panels and a plug",
            "title_segments": [{"text": "Two panels and a plug", "is_match": False}],
            "excerpt": [
                {"text": "Bulk orders of ", "is_match": False},
                {"text": "solar", "is_match": True},
                {"text": " sets for balconies, with an open workshop on Saturdays.", "is_match": False},
            ],
            "url": "#sample-results",
            "language": "",
            "kind_name": "Project",
            "card": {
                "sector_hue": "energy", "sector_name": "Solar energy", "status_name": "Running",
                "status_phase": "running", "meta": ["Berlin", "since 2025"], "image": None,
            },
        }
    }  # fmt: skip


def register() -> None:
    """Put the sample into the style guide."""
    styles = ("directory/index.css", "search/results.css")
    register_sample(name="results", sample=Sample(_("Found"), (("search/result.html", _result),), styles), order=20)
