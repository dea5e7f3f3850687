"""Pictures in a StreamField. Wagtail asks the database once for each kind of block that holds some; here it is once."""

import copy
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

_at_hand: ContextVar[dict[int, Any] | None] = ContextVar("pictures_at_hand", default=None)


def is_read_to_show() -> bool:
    """Return whether blocks are being read for a page that shows them, rather than for a form."""
    return _at_hand.get() is not None


class _SharedChooserBlock(ImageChooserBlock):
    """Takes pictures from those at hand; without any it asks the database, as Wagtail does."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        at_hand = _at_hand.get()
        if at_hand is None:
            return super().bulk_to_python(values)
        # Each place has words of its own for the picture, so none may share the instance.
        return [copy.copy(at_hand.get(value)) for value in values]


class DescribedImageBlock(ImageBlock):
    """A picture with words for those who can't see it, or marked as decoration."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 (Wagtail's signature)
        super().__init__(required=required, **kwargs)
        chooser = _SharedChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


def blocks_of(stream: Any) -> list[Any]:
    """Return the blocks of a stream, with the pictures of all of them read in one query."""
    wanted = set(_image_ids(list(stream.raw_data)))
    token = _at_hand.set(get_image_model().objects.in_bulk(wanted) if wanted else {})
    try:
        return list(stream)
    finally:
        _at_hand.reset(token)


def _image_ids(raw: Any) -> Iterator[int]:
    if isinstance(raw, dict):
        if "alt_text" in raw and isinstance(raw.get("image"), int):
            yield raw["image"]
        for value in raw.values():
            yield from _image_ids(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _image_ids(value)
