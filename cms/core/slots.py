"""Slots: places on pages that a feature fills without the page knowing the feature."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Component = TypeVar("Component")


@dataclass(frozen=True, order=True)
class Part(Generic[Component]):
    """What stands in a slot: where among others, its name, and what renders it."""

    order: int
    name: str
    component: Component = field(compare=False)


class Slots(Generic[Component]):
    """Slots by key, each with its parts in order. A name stands in a slot once."""

    def __init__(self) -> None:
        self._parts: dict[Hashable, list[Part[Component]]] = {}

    def fill(self, slot: Hashable, part: Part[Component]) -> None:
        """Put a part into a slot. Raises ValueError when the slot has one of that name."""
        parts = self._parts.setdefault(slot, [])
        if any(one.name == part.name for one in parts):
            message = f"{slot} already has a part called {part.name}."
            raise ValueError(message)
        parts.append(part)
        parts.sort()

    def clear(self, slot: Hashable, name: str) -> None:
        """Take a part away again. Nothing happens when there is none."""
        self._parts[slot] = [part for part in self._parts.get(slot, []) if part.name != name]

    def parts(self, slot: Hashable) -> Iterator[Part[Component]]:
        """Yield the parts of a slot, in their order."""
        yield from self._parts.get(slot, [])
