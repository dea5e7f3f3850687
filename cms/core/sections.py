"""Sections: components that a feature shows on every page of a kind.

Features register, templates loop, pages know none of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

Component = Callable[[HttpRequest, Any], str]


@dataclass(frozen=True, order=True)
class Section:
    """One registered section: where it stands among others, its name, and what renders it."""

    order: int
    name: str
    component: Component = field(compare=False)


_sections: dict[str, list[Section]] = {}


def register_section(*, kind: str, name: str, component: Component, order: int = 100) -> None:
    """Show `component(request, page) -> html` on every page of an entry kind; an empty string shows nothing.

    Raises ValueError when the kind already has a section of that name.
    """
    registered = _sections.setdefault(kind, [])
    if any(section.name == name for section in registered):
        message = f"{kind} pages already have a section called {name}."
        raise ValueError(message)
    registered.append(Section(order, name, component))
    registered.sort()


def unregister_section(*, kind: str, name: str) -> None:
    """Take a section away again. Nothing happens when there is none."""
    _sections[kind] = [section for section in _sections.get(kind, []) if section.name != name]


def sections_for(kind: str) -> Iterator[Section]:
    """Yield the sections of a kind, in their order."""
    yield from _sections.get(kind, [])
