"""Live blocks: what an editor can choose in the StreamField block «live feature». Filled by the feature apps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class LiveBlock:
    """One choice: its key (stored in pages), its name for editors, and what renders it."""

    key: str
    label: str | Promise
    render: Callable[[dict[str, Any]], str]


_live_blocks: dict[str, LiveBlock] = {}


def register_live_block(block: LiveBlock) -> None:
    """Offer a live block. Raises ValueError when the key is taken."""
    if block.key in _live_blocks:
        message = f"There already is a live block called {block.key}."
        raise ValueError(message)
    _live_blocks[block.key] = block


def unregister_live_block(key: str) -> None:
    """Take a live block away; pages that use it show nothing in its place."""
    _live_blocks.pop(key, None)


def live_block(key: str) -> LiveBlock | None:
    """Return the live block of that key, or None when the app that brought it is gone."""
    return _live_blocks.get(key)


def live_block_choices() -> list[tuple[str, str | Promise]]:
    """Return key and name of every live block, for the block's form."""
    return [(block.key, block.label) for block in _live_blocks.values()]
