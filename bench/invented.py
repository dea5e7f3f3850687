"""Synthetic texts in two languages: words of our own, as common and as rare as those of a real language (Zipf)."""

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, product
from random import Random
from typing import NamedTuple
from uuid import UUID

# What syllables are put together from: 600 of each language, so that words differ in their letters as real ones do.
BEGINNINGS = {"en": "b c d f g h j k l m n p r s t v w br cl st", "de": "b d f g h j k l m n p r s t w z br kl pf sch"}
MIDDLE = "a e i o u"
ENDS = {"en": "sh ld m nd rk x", "de": "bt ff lz mp rg lk"}
# A third of all words has two syllables, the others three.
SHORT = 3
NUMBER = 20_000
TITLE, SUMMARY, BODY = 5, 15, 45
# Where in the order of their frequency words stand that are in six of ten texts, in one of 25, and in one of 500.
COMMON, MIDDLING, RARE = 6, 150, 3_000
KINDS = ("project", "organization", "story")


class Text(NamedTuple):
    """One text as it is found. `number` tells it from the others."""

    number: int
    language: str
    kind: str
    title: str
    summary: str
    body: str
    weight: float

    @property
    def key(self) -> UUID:
        return UUID(int=(0xBE << 120) + self.number)


def words_of(language: str) -> list[str]:
    """Return the words of a language, the commonest first."""
    dice = Random(language)  # noqa: S311 (synthetic words need no secrecy)
    parts = (BEGINNINGS[language].split(), MIDDLE.split(), ENDS[language].split())
    syllables = ["".join(chosen) for chosen in product(*parts)]
    found: dict[str, None] = {}
    while len(found) < NUMBER:
        found["".join(dice.choices(syllables, k=2 if len(found) % SHORT == 0 else SHORT))] = None
    return list(found)


def texts(number: int, *, seed: int = 1) -> Iterator[Text]:
    """Yield so many texts, one language after the other."""
    dice = Random(seed)  # noqa: S311 (synthetic texts need no secrecy)
    vocabularies = {language: words_of(language) for language in BEGINNINGS}
    weights = list(accumulate(1 / place for place in range(1, NUMBER + 1)))
    for position in range(number):
        language = list(BEGINNINGS)[position % len(BEGINNINGS)]
        drawn = dice.choices(vocabularies[language], cum_weights=weights, k=TITLE + SUMMARY + BODY)
        yield Text(
            position,
            language,
            KINDS[position % len(KINDS)],
            " ".join(drawn[:TITLE]).capitalize(),
            " ".join(drawn[TITLE : TITLE + SUMMARY]),
            " ".join(drawn[TITLE + SUMMARY :]),
            round(dice.random() * 50, 6),
        )


def counted(number: int) -> dict[str, Counter[str]]:
    """Return in how many texts each word of each language stands."""
    counts: dict[str, Counter[str]] = {language: Counter() for language in BEGINNINGS}
    for text in texts(number):
        counts[text.language].update(set(f"{text.title.lower()} {text.summary} {text.body}".split()))
    return counts
