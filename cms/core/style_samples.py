"""Style samples: components that an app adds to the living style guide. Their sample content is not translated."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from .slots import Part, Slots


@dataclass(frozen=True)
class Sample:
    """One section of the style guide: its heading, templates with their contexts, and the stylesheets they need."""

    title: Any
    shown: tuple[tuple[str, Callable[[], Mapping[str, Any]]], ...]
    styles: tuple[str, ...] = ()

    def html(self) -> str:
        """Return the components, rendered one after the other."""
        return "".join(render_to_string(template, dict(context())) for template, context in self.shown)


_slots: Slots[Sample] = Slots()
GUIDE = "The style guide"


def register_sample(*, name: str, sample: Sample, order: int = 100) -> None:
    """Show a sample in the style guide. Raises ValueError when there is one of that name."""
    _slots.fill(GUIDE, Part(order, name, sample))


def samples() -> Iterator[Part[Sample]]:
    """Yield the samples, in their order."""
    return _slots.parts(GUIDE)
