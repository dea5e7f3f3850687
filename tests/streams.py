"""One block of every kind, as it is stored."""

import uuid
from typing import Any


def _item(value: Any) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def _picture(image: Any, caption: str = "The courtyard at noon") -> dict[str, Any]:
    return {"image": {"image": image.pk, "alt_text": "Eleven people dig", "decorative": False}, "caption": caption}


def body_blocks(*, image: Any, page: Any) -> list[tuple[str, Any]]:
    """Return kind and value of every block that a text may hold; the call leads to the page."""
    return [
        ("text", "<p>It began with a thermos.</p><h3>What came next</h3><ul><li>More thermoses</li></ul>"),
        ("picture", _picture(image)),
        ("gallery", {"pictures": [_item(_picture(image, f"Plate {number}")) for number in range(3)]}),
        ("quote", {"text": "Who had a shovel?", "person": "Hatice Brandt", "role": "chair"}),
        ("fact", {"value": "83", "unit": "%", "label": "of heat from below"}),
        ("fact", {"value": "41", "unit": "", "label": "meetings"}),
        ("timeline", {"steps": [_item({"when": "May", "title": "Drilling", "text": "Nine days."}) for _ in range(2)]}),
        ("accordion", {"items": [_item({"title": "Who may join?", "text": "<p>Everybody.</p>"})]}),
        ("call", {"title": "Lend a hand", "text": "Bring gloves.", "label": "I am in", "page": page.pk, "address": ""}),
        ("video", {
            "address": "https://vimeo.com/76979871", "title": "How we drilled",
            "poster": {"image": image.pk, "alt_text": "", "decorative": True},
        }),
        ("logos", {"title": "Supported by", "logos": [
            _item({"name": "Lindenhof", "logo": {"image": None, "alt_text": "", "decorative": False}, "url": ""}),
            _item({"name": "Stadtwerke", "logo": {"image": image.pk, "alt_text": "x", "decorative": False},
                   "url": "https://example.org/"}),
        ]}),
    ]  # fmt: skip


def landing_blocks(*, image: Any, page: Any, entry: Any, place: Any) -> list[tuple[str, Any]]:
    """Return kind and value of every block that a landing page may hold."""
    return [
        *body_blocks(image=image, page=page),
        ("chosen", {"title": "Picked", "text": "", "chosen": [_item(str(entry.pk))]}),
        ("newest", {"title": "Newest", "text": "Fills itself.", "kind": "project", "order": "newest", "number": 24}),
        ("nearest", {"title": "Around here", "text": "", "kind": "project", "place": place.pk, "number": 3}),
    ]


def stream(page: Any, blocks: list[tuple[str, Any]]) -> Any:
    """Return the blocks as the value of the page's body."""
    raw = [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks]
    return page._meta.get_field("body").stream_block.to_python(raw)
