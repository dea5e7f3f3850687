"""Video from elsewhere: nothing is loaded from a third party before somebody presses play."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .images import DescribedImageBlock

# Only players that work without cookies, and whose hosts the content security policy names.
PLAYERS = (
    (
        re.compile(r"https://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)(?P<id>[\w-]{6,20})"),
        "https://www.youtube-nocookie.com/embed/{id}?autoplay=1",
        "YouTube",
    ),
    (
        re.compile(r"https://vimeo\.com/(?P<id>\d{5,12})"),
        "https://player.vimeo.com/video/{id}?dnt=1&autoplay=1",
        "Vimeo",
    ),
)


def player(address: str) -> tuple[str, str] | None:
    """Return the address of the embeddable player and the host's name; None for an address that is no known video."""
    for pattern, target, name in PLAYERS:
        found = pattern.match(address)
        if found:
            return target.format(id=found["id"]), name
    return None


class VideoBlock(blocks.StructBlock):
    """A film that plays after a click."""

    address = blocks.URLBlock(label=_("address"), help_text=_("The address of the video's page at YouTube or Vimeo."))
    title = blocks.CharBlock(label=_("title"), max_length=140, help_text=_("What the film shows."))
    poster = DescribedImageBlock(label=_("still picture"), required=False)

    class Meta:
        label = _("Video")
        icon = "media"
        template = "blocks/video.html"
        description = _("Loads nothing from elsewhere until somebody presses play.")
        preview_value = {"address": "https://vimeo.com/76979871", "title": "How the boreholes were drilled"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if player(cleaned["address"]) is None:
            message = _("Only videos at YouTube and Vimeo can be shown.")
            raise blocks.StructBlockValidationError(block_errors={"address": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        found = player(value["address"])
        context |= {"player_url": found[0], "host": found[1]} if found else {"player_url": "", "host": ""}
        return context
