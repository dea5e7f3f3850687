"""What somebody asks for: plain words, "phrases" and -words to leave out. Everything else is text."""

import re
import unicodedata
from dataclasses import dataclass

from .words import tokens

LONGEST_QUERY = 200
# A beginning says enough from here on.
SHORTEST_BEGINNING = 4
# A minus counts only before a word and after a gap: «e-mail» and «2024 - 2026» are text.
PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Query:
    """A text taken apart. `plain` holds the words as they were written, in their order.

    `is_widened`: words may go on, so that «solar» finds «Solaranlage». Phrases stay as they are.
    """

    text: str
    plain: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    is_widened: bool = False

    @property
    def wanted(self) -> list[str]:
        """The words to be found, those of phrases included."""
        return [token for part in (self.plain, *self.phrases) for token in tokens(part)]

    @property
    def beginnings(self) -> list[str]:
        """The plain words that may go on when the query is widened."""
        return [token for token in tokens(self.plain) if len(token) >= SHORTEST_BEGINNING] if self.is_widened else []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for; leaving things out finds nothing by itself."""
        return not self.wanted


def parse(text: str) -> Query:
    """Take a text apart. Total: there is no text that it refuses."""
    plain: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for match in PART.finditer(text):
        part = match["word"] if match["phrase"] is None else match["phrase"]
        if not any(tokens(part)):
            continue
        if match["minus"]:
            excluded.append(part)
        elif match["phrase"] is not None:
            phrases.append(part)
        else:
            plain.append(part)
    return Query(text, " ".join(plain), tuple(phrases), tuple(excluded))


def cleaned(text: str) -> str:
    """Return a text from a form: in one line, without control characters, cut to what we search for."""
    visible = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} else letter for letter in text)
    return " ".join(visible.split())[:LONGEST_QUERY].strip()
