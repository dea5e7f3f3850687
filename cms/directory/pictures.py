from typing import Any

from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError

from cms.media.models import Image

CARD = "fill-720x480|format-webp"
WIDE = "fill-1440x720|format-webp"


def picture(image: Image | None) -> dict[str, Any] | None:
    """Return what a card needs to show a picture without another query; None when there is none or its file is lost."""
    if image is None:
        return None
    try:
        renditions = image.get_renditions(CARD, WIDE)
    except (OSError, InvalidFilterSpecError, get_image_model().DoesNotExist):
        return None
    card, wide = renditions[CARD], renditions[WIDE]
    return {
        "url": card.url,
        "width": card.width,
        "height": card.height,
        "alt": image.default_alt_text,
        "wide_url": wide.url,
        "wide_width": wide.width,
        "wide_height": wide.height,
        "credit": image.credit,
    }
