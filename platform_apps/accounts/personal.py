"""What a page shows to one person only, by the apps that have something to show.

A component returns `<template data-for="id">` elements; a script puts the content of each into the element of that id,
which the page has for everybody with what everybody may see.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from cms.core.slots import Part, Slots

# Takes the request, whose user is signed in, and the page that they look at, None where it is none of Wagtail's.
Component = Callable[[HttpRequest, Any], str]

_slots: Slots[Component] = Slots()
_SLOT = "personal"


def register_personal_part(*, name: str, component: Component, order: int = 100) -> None:
    """Show `component(request, page)` to people who are signed in. Raises ValueError when the name is taken."""
    _slots.fill(_SLOT, Part(order, name, component))


def unregister_personal_part(name: str) -> None:
    """Take a part away again. Nothing happens when there is none."""
    _slots.clear(_SLOT, name)


def personal_parts() -> Iterator[Part[Component]]:
    """Yield the parts in their order."""
    return _slots.parts(_SLOT)
