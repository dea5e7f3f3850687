"""Words as search compares them: folded, and cut back to a stem where the language is known.

PostgreSQL stems by its own dictionaries. The stems here serve SQLite for German, and both for highlighting.
"""

import re
from collections.abc import Iterator

from django.conf import settings

from cms.places.names import folded, spellings

from .stop_words import STOP_WORDS

ENGLISH, GERMAN, SIMPLE = "english", "german", "simple"
WORD = re.compile(r"[^\W_]+")
# Longer is an address or a slip of the space bar; shorter tells too little to be mistaken for something else.
LONGEST_WORD, SHORTEST_WORD = 40, 3
SHORTEST_STEM, STEM_BEFORE_S = 3, 4
# Tried in this order, the longest first. German drops at most two: «Gartens» loses its s, then en.
GERMAN_ENDINGS = "ern em en er es e s"
ENGLISH_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))


def configuration_of(language: str) -> str:
    """Return how the words of a language are read: a name that PostgreSQL knows too."""
    known: dict[str, str] = settings.SEARCH_CONFIGURATIONS
    return known.get(language) or known.get(language.partition("-")[0], SIMPLE)


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text as they are written."""
    return (match[0] for match in WORD.finditer(text))


def known_words(text: str) -> dict[str, str]:
    """Return the folded words of a text that are worth remembering, with how they are written in lower case."""
    words: dict[str, str] = {}
    for token in tokens(text):
        word = folded(token)
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD and " " not in word and not word.isdigit():
            words.setdefault(word, token.lower())
    return words


def other_spellings(text: str) -> list[str]:
    """Return how people write the words of a text who lack a letter on their keyboard: `Köln` as Koln and Koeln."""
    unusual = dict.fromkeys(token for token in tokens(text) if not token.isascii())
    return sorted({spelling for token in unusual for spelling in spellings(token)})


def is_stop_word(word: str, configuration: str) -> bool:
    """Return whether a folded word says nothing in its language."""
    return word in STOP_WORDS.get(configuration, ())


def stem(word: str, configuration: str) -> str:
    """Return the stem of a folded word. Light by design: it joins the forms of a word, never two words."""
    if configuration == GERMAN:
        return _german_stem(_german_stem(word))
    if configuration == ENGLISH:
        return _english_stem(word)
    return word


def _german_stem(word: str) -> str:
    for ending in GERMAN_ENDINGS.split():
        least = STEM_BEFORE_S if ending == "s" else SHORTEST_STEM
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word.removesuffix(ending)
    return word


def _english_stem(word: str) -> str:
    for ending, instead in ENGLISH_ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= SHORTEST_STEM:
            bare = word.removesuffix(ending) + instead
            is_doubled = ending in {"ing", "ed"} and len(bare) > SHORTEST_STEM and bare[-1] == bare[-2]
            return bare[:-1] if is_doubled and bare[-1] not in "ls" else bare
    return word
