"""Page parts: what an app adds to every page of the site, in the head, below the content or in the footer.

Apps register, the base template asks, neither knows the other.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from .slots import Part, Slots

Component = Callable[[Mapping[str, Any]], str]


class Area(StrEnum):
    """Where on a page a part stands."""

    HEAD = "head"
    END = "end"
    FOOTER = "footer"


_slots: Slots[Component] = Slots()


def register_page_part(*, area: Area, name: str, component: Component, order: int = 100) -> None:
    """Show `component(context) -> html` on every page; an empty string shows nothing.

    The context is the base template's: without `page` on pages that are none of Wagtail's, such as the sign-in.
    Raises ValueError when the area already has a part of that name.
    """
    _slots.fill(area, Part(order, name, component))


def unregister_page_part(*, area: Area, name: str) -> None:
    """Take a part away again. Nothing happens when there is none."""
    _slots.clear(area, name)


def parts_in(area: Area) -> Iterator[Part[Component]]:
    """Yield the parts of an area, in their order."""
    return _slots.parts(area)
