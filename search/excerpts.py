"""What of a text is shown, and which of its words were asked for. Plain text in pieces: markup is the reader's."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypedDict

from cms.places.names import folded

from .queries import Query
from .words import WORD, is_stop_word, stem

LONGEST_EXCERPT = 240
# How much stands before the first match, so that it can be understood.
LEAD = 60
ELLIPSIS = "…"


class Segment(TypedDict):
    """A piece of text, and whether it was asked for."""

    text: str
    is_match: bool


@dataclass
class Highlighter:
    """Finds the words of a query in texts, whatever form they have there."""

    query: Query
    _stems: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def _wanted(self) -> list[str]:
        return [folded(word) for word in self.query.wanted]

    def stems(self, configuration: str) -> set[str]:
        """Return the stems that count as a match in texts of a configuration."""
        if configuration not in self._stems:
            self._stems[configuration] = {
                stem(word, configuration) for word in self._wanted if not is_stop_word(word, configuration)
            }
        return self._stems[configuration]

    def is_match(self, word: str, configuration: str) -> bool:
        """Return whether a word, as it is written, is one of those asked for."""
        wanted, found = self.stems(configuration), stem(folded(word), configuration)
        return found in wanted or found.startswith(self._begun(configuration))

    def _begun(self, configuration: str) -> tuple[str, ...]:
        return tuple(stem(folded(word), configuration) for word in self.query.beginnings)

    def segments(self, text: str, configuration: str) -> list[Segment]:
        """Return the whole text in pieces that take turns in being matches or not."""
        pieces: list[Segment] = []
        end = 0
        for match in WORD.finditer(text):
            if self.is_match(match[0], configuration):
                _add(pieces, text[end : match.start()], is_match=False)
                _add(pieces, match[0], is_match=True)
                end = match.end()
        _add(pieces, text[end:], is_match=False)
        return pieces

    def excerpt(self, summary: str, body: str, configuration: str) -> list[Segment]:
        """Return the summary in pieces; if only the body was asked for, the words around the first match there."""
        start = None if self._first(summary, configuration) is not None else self._first(body, configuration)
        if start is None:
            return self.segments(_cut(summary or body, 0), configuration)
        return self.segments(_cut(body, start), configuration)

    def _first(self, text: str, configuration: str) -> int | None:
        return next((match.start() for match in WORD.finditer(text) if self.is_match(match[0], configuration)), None)


def _add(pieces: list[Segment], text: str, *, is_match: bool) -> None:
    if text:
        pieces.append({"text": text, "is_match": is_match})


def _cut(text: str, start: int) -> str:
    """Return at most LONGEST_EXCERPT characters around a position, in whole words, dots where something is missing."""
    begin = 0 if start <= LEAD else text.rfind(" ", 0, start - LEAD) + 1
    end = begin + LONGEST_EXCERPT
    if end >= len(text):
        end = len(text)
    elif (gap := text.rfind(" ", max(begin, start) + 1, end)) > 0:
        end = gap
    shown = " ".join(text[begin:end].split())
    before = f"{ELLIPSIS} " if begin else ""
    after = f" {ELLIPSIS}" if end < len(text) else ""
    return f"{before}{shown}{after}"
