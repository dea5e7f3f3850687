"""What sharing adds to the style guide: the ways to pass a page on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.style_samples import Sample, register_sample


def _share() -> dict[str, Any]:
    return {
        "title": "Two panels and a plug",
        "link": "https://groundswell.example.org/s/4kTq",
        "mail": "mailto:?subject=Two%20panels%20and%20a%20plug",
        "qr_code": "/art/energy/qr.svg",
        "frame": {"html": "<iframe></iframe>", "address": "#sample-share"},
    }


def register() -> None:
    """Put the sample into the style guide."""
    sample = Sample(_("Pass it on"), (("sharing/share.html", _share),), ("sharing/share.css",))
    register_sample(name="share", sample=sample, order=30)
