"""Sections: components that a feature shows on every page of a kind.

Features register, templates loop, pages know none of them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from .slots import Part, Slots

Component = Callable[[HttpRequest, Any], str]

_slots: Slots[Component] = Slots()


def register_section(*, kind: str, name: str, component: Component, order: int = 100) -> None:
    """Show `component(request, page) -> html` on every page of an entry kind; an empty string shows nothing.

    Raises ValueError when the kind already has a section of that name.
    """
    _slots.fill(kind, Part(order, name, component))


def unregister_section(*, kind: str, name: str) -> None:
    """Take a section away again. Nothing happens when there is none."""
    _slots.clear(kind, name)


def sections_for(kind: str) -> Iterator[Part[Component]]:
    """Yield the sections of a kind, in their order."""
    return _slots.parts(kind)
