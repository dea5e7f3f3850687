"""Widgets: what they show, and how large the frame is that other sites put them in. Lengths are CSS pixels."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cms.directory.cards import cards
from cms.directory.enums import Kind
from cms.directory.models import Entry

LIST_LENGTH = 5
LIST_KINDS = {
    Kind.PROJECT: _("Projects"),
    Kind.STORY: _("Stories"),
    Kind.ORGANIZATION: _("Organizations"),
    Kind.HUB: _("Hubs"),
}
# From here on a card has its picture beside the words; the stylesheet has the same number.
BESIDE = 480
WIDTH, NARROWEST = 600, 200
CARD_HEIGHT, NARROW_CARD_HEIGHT = 220, 400


@dataclass(frozen=True)
class Frame:
    """A widget in a frame."""

    address: str
    title: str
    width: int
    height: int

    @property
    def html(self) -> str:
        """The code that a site copies: no script, and nothing is asked of the reader's browser until it is near."""
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
            self.address, self.title, self.width, self.height,
        )  # fmt: skip


def card_path(key: uuid.UUID, language: str) -> str:
    """Return the path of an entry's card."""
    return reverse("embed-card", args=[language, key])


def card_frame(address: str, title: str, *, max_width: int | None = None, max_height: int | None = None) -> Frame:
    """Return the frame of a card, no larger than what is asked for."""
    width = min(WIDTH, max_width or WIDTH)
    height = CARD_HEIGHT if width >= BESIDE else NARROW_CARD_HEIGHT
    return Frame(address, title, width, min(height, max_height or height))


def listed_cards(language: str, *, kind: Kind, hub: uuid.UUID | None) -> list[dict[str, Any]]:
    """Return the cards of the newest entries of a kind, of one hub or of all; two queries."""
    entries = Entry.objects.published().of_kind(kind).filter(published_at__isnull=False)
    if hub is not None:
        entries = entries.in_hub(hub)
    return cards(entries.order_by("-published_at", "pk")[:LIST_LENGTH], language)
