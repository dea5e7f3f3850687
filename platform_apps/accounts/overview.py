"""The page of one's account: its own lines, and those of apps that keep something about a person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest

from cms.core.slots import Part, Slots


@dataclass(frozen=True)
class AccountLine:
    """One line: what it is about, how things stand, and where to change it."""

    title: str
    text: str
    url: str
    label: str


Component = Callable[[HttpRequest], AccountLine]

_slots: Slots[Component] = Slots()
_SLOT = "account"


def register_account_line(*, name: str, component: Component, order: int = 100) -> None:
    """Show a line on the page of one's account. Raises ValueError when the name is taken."""
    _slots.fill(_SLOT, Part(order, name, component))


def account_lines() -> Iterator[Part[Component]]:
    """Yield the lines in their order."""
    return _slots.parts(_SLOT)
