"""The words of a StreamField, without markup: for search and summaries."""

from html import unescape
from typing import Any

from django.utils.html import strip_tags


def plain_text(stream: Any) -> str:
    """Return every searchable word of the stream, one piece a line."""
    block = stream.stream_block
    pieces = block.get_searchable_content(stream)
    return "\n".join(unescape(strip_tags(str(piece))).strip() for piece in pieces if piece)
