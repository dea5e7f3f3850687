"""Walks a body by its block definitions, over stored data: no query per block."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from cms.directory.models import Entry
from cms.places.models import Place

from .lookups import Found, Wanted

Lookups = Wanted | Found


def body(stream: Any, lookups: Lookups) -> list[dict[str, Any]]:
    """Return the blocks of a page's StreamField as the API shows them: each its type and its value."""
    return _stream(stream.stream_block, stream.raw_data, lookups)


def _stream(block: blocks.StreamBlock, raw: Iterable[dict[str, Any]], lookups: Lookups) -> list[dict[str, Any]]:
    # A block type that was taken out of the code may still be stored.
    return [
        {"type": item["type"], "value": _value(block.child_blocks[item["type"]], item["value"], lookups)}
        for item in raw
        if item["type"] in block.child_blocks
    ]


def _value(block: blocks.Block, raw: Any, lookups: Lookups) -> Any:
    shown = raw
    match block:
        case ImageBlock():
            shown = _image(raw, lookups)
        case blocks.StreamBlock():
            shown = _stream(block, raw or [], lookups)
        case blocks.ListBlock():
            shown = [_value(block.child_block, _item(item), lookups) for item in raw or []]
        case blocks.StructBlock():
            stored = raw or {}
            shown = {name: _value(child, stored.get(name), lookups) for name, child in block.child_blocks.items()}
        case blocks.RichTextBlock():
            shown = lookups.html(raw or "")
        case blocks.ChooserBlock():
            shown = _chosen(block, raw, lookups)
    return shown


def _item(item: Any) -> Any:
    """Return the value of a list's item: before Wagtail 2.16 items were stored bare."""
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


def _image(raw: Any, lookups: Lookups) -> Any:
    if not isinstance(raw, dict):
        return lookups.image(raw)
    return lookups.image(raw.get("image"), "" if raw.get("decorative") else raw.get("alt_text") or None)


def _chosen(block: blocks.ChooserBlock, raw: Any, lookups: Lookups) -> Any:
    """Return what a chooser block points at. What has no public id or address does not appear."""
    if isinstance(block, ImageChooserBlock):
        return lookups.image(raw)
    if isinstance(block, blocks.PageChooserBlock):
        return lookups.page(raw)
    if block.model_class is Entry:
        return lookups.entry(raw)
    return raw if block.model_class is Place else None
