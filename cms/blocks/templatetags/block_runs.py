"""Lays out a StreamField: {% load block_runs %}."""

from dataclasses import dataclass, field
from typing import Any

from django import template

from cms.blocks.images import blocks_of
from cms.blocks.streams import BANDS

register = template.Library()


@dataclass
class Run:
    """Neighbouring blocks that share a column."""

    is_band: bool
    blocks: list[Any] = field(default_factory=list)


@register.filter
def runs(stream: Any) -> list[Run]:
    """Group the blocks of a stream: each band alone, the blocks between two bands together."""
    found: list[Run] = []
    for block in blocks_of(stream):
        is_band = block.block_type in BANDS
        if is_band or not found or found[-1].is_band:
            found.append(Run(is_band))
        found[-1].blocks.append(block)
    return found


@register.filter
def all_blocks(stream: Any) -> list[Any]:
    """Return the blocks of a stream, their pictures read at once."""
    return blocks_of(stream)
