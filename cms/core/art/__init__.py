"""Placeholder art: one drawing per title, so that nothing ever looks empty. Our own code draws, nothing is fetched."""

from .drawing import draw
from .names import NO_SECTOR, art_slug

__all__ = ["NO_SECTOR", "art_slug", "draw"]
