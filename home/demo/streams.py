"""Turns the demo's short block notation into StreamField data, with ids that every language shares."""

import uuid
from typing import Any

from .content import NAMESPACE


class Stream:
    """The blocks of one page. `call_page` is the page that calls to action lead to."""

    def __init__(self, key: str, *, call_page: int | None = None) -> None:
        self.key = key
        self.call_page = call_page

    def data(self, body: list[dict[str, Any]], extra: list[tuple[str, Any]] = ()) -> list[dict[str, Any]]:
        """Return the raw stream: the body's blocks, then ready-made ones."""
        blocks = [
            (kind, self._value(kind, value, number)) for number, item in enumerate(body) for kind, value in item.items()
        ]
        return [
            {"type": kind, "value": value, "id": self._id(number)}
            for number, (kind, value) in enumerate([*blocks, *extra])
        ]

    def _id(self, *parts: Any) -> str:
        return str(uuid.uuid5(NAMESPACE, "/".join(map(str, (self.key, *parts)))))

    def _items(self, items: list[Any], number: int) -> list[dict[str, Any]]:
        return [
            {"type": "item", "value": item, "id": self._id(number, position)} for position, item in enumerate(items)
        ]

    def _value(self, kind: str, value: Any, number: int) -> Any:
        if kind == "timeline":
            return {"steps": self._items(value, number)}
        if kind == "accordion":
            return {"items": self._items(value, number)}
        if kind == "call":
            return {"address": "", "page": self.call_page, "text": "", **value}
        if kind in {"quote", "fact"}:
            return {"person": "", "role": "", **value} if kind == "quote" else {"unit": "", **value}
        return value
