"""Who has something to be found. A source says what its things are called and how to read their texts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class FoundText:
    """What can be found of one thing in one language.

    `paths` holds the address below the site's root for readers of each language who are shown this text; nobody else
    finds it. `keywords` are words that it shall be found by without showing them. `weight` decides between equals, the
    larger first. `entry_id` is the entry that the thing is or hangs on; hubs are looked up by it.
    """

    object_id: UUID
    language: str
    kind: str
    title: str
    summary: str = ""
    body: str = ""
    keywords: str = ""
    paths: Mapping[str, str] = field(default_factory=dict)
    weight: float = 0.0
    is_public: bool = True
    entry_id: UUID | None = None


@dataclass(frozen=True)
class Source:
    """A family of things. `kinds` are labels by the value that filters take; `read` leaves out what is gone."""

    name: str
    kinds: Mapping[str, Any]
    read: Callable[[Collection[UUID]], Iterable[FoundText]]
    every_id: Callable[[], Iterable[UUID]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a source, once at start-up. Raises ValueError for a name or a kind that another one has."""
    taken = {kind for other in _sources.values() if other.name != source.name for kind in other.kinds}
    if _sources.get(source.name, source) is not source or taken & set(source.kinds):
        message = f"Search knows {source.name!r} or one of its kinds already."
        raise ValueError(message)
    _sources[source.name] = source


def sources() -> list[Source]:
    """Return every source in the order of registration."""
    return list(_sources.values())


def source_named(name: str) -> Source | None:
    """Return the source of a name; None when its app is not installed any more."""
    return _sources.get(name)


def kinds() -> dict[str, Any]:
    """Return the labels of everything that can be found, by kind."""
    return {kind: label for source in sources() for kind, label in source.kinds.items()}
