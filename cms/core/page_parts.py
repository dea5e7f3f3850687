"""Page parts: what an app adds to every page of the site, in the head, below the content or in the footer.

Apps register, the base template asks, neither knows the other.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Component = Callable[[Mapping[str, Any]], str]


class Area(Enum):
    """Where on a page a part stands."""

    HEAD = "head"
    END = "end"
    FOOTER = "footer"


@dataclass(frozen=True, order=True)
class PagePart:
    """One registered part: where it stands among others, its name, and what renders it."""

    order: int
    name: str
    component: Component = field(compare=False)


_parts: dict[Area, list[PagePart]] = {}


def register_page_part(*, area: Area, name: str, component: Component, order: int = 100) -> None:
    """Show `component(context) -> html` on every page; an empty string shows nothing.

    The context is the base template's: without `page` on pages that are none of Wagtail's, such as the sign-in.
    Raises ValueError when the area already has a part of that name.
    """
    registered = _parts.setdefault(area, [])
    if any(part.name == name for part in registered):
        message = f"The {area.value} of pages already has a part called {name}."
        raise ValueError(message)
    registered.append(PagePart(order, name, component))
    registered.sort()


def unregister_page_part(*, area: Area, name: str) -> None:
    """Take a part away again. Nothing happens when there is none."""
    _parts[area] = [part for part in _parts.get(area, []) if part.name != name]


def parts_in(area: Area) -> Iterator[PagePart]:
    """Yield the parts of an area, in their order."""
    yield from _parts.get(area, [])
