"""Which known word somebody meant. Candidates come from the database, the choice is made here."""

from collections import defaultdict
from collections.abc import Iterable

from cms.places.names import folded

from .backends import Likeness, backend
from .queries import SHORTEST_BEGINNING, Query
from .words import LONGEST_WORD, SHORTEST_WORD, WORD, configuration_of, is_stop_word, tokens

# One slip in a short word, two in a long one: with more, anything could be meant.
SHORT_WORD, SLIPS_IN_SHORT, SLIPS_IN_LONG = 5, 1, 2


def did_you_mean(query: Query, language: str) -> str | None:
    """Return the query with each unknown word replaced by the known one that looks most like it; None if there is none.

    One statement. Quotes and minus signs stay where they are.
    """
    asked = _askable(query.wanted, language)
    chosen = nearest(asked, backend().similar(asked, language)) if asked else {}
    if not chosen:
        return None
    return WORD.sub(lambda match: chosen.get(folded(match[0]), match[0]), query.text)


def _askable(words: Iterable[str], language: str) -> list[str]:
    configuration = configuration_of(language)
    every = dict.fromkeys(folded(word) for word in words)
    return [
        word
        for word in every
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD and " " not in word and not is_stop_word(word, configuration)
    ]


def nearest(asked: Iterable[str], candidates: Iterable[Likeness]) -> dict[str, str]:
    """Return how the known word is written that each unknown one most likely stands for."""
    alike: dict[str, list[Likeness]] = defaultdict(list)
    for candidate in candidates:
        alike[candidate.asked].append(candidate)
    found = {}
    for word in asked:
        if any(one.word == word for one in alike[word]):
            continue
        rated = [
            (slips, -one.number, one.shown) for one in alike[word] if (slips := _slips(word, one.word)) is not None
        ]
        if rated:
            found[word] = min(rated)[2]
    return found


def _slips(asked: str, known: str) -> int | None:
    """Return how far two words are apart; None if too far."""
    most = SLIPS_IN_SHORT if len(asked) < SHORT_WORD else SLIPS_IN_LONG
    slips = distance(asked, known)
    if slips <= most:
        return slips
    return most + 1 if len(asked) >= SHORTEST_BEGINNING and known.startswith(asked) else None


def distance(one: str, other: str) -> int:
    """Return how many letters must be added, left out, changed, or changed over with a neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (letter != wanted))
            is_swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            current.append(min(cost, before[column - 2] + 1) if is_swapped else cost)
        before, last = last, current
    return last[-1]


def completions(text: str, language: str) -> list[str]:
    """Return the text with its last word finished or mended, for somebody who is still typing. One statement."""
    last = next(reversed(list(tokens(text))), "")
    asked = _askable([last], language)
    if not asked:
        return []
    found = nearest(asked, backend().similar(asked, language))
    return [text[: text.rindex(last)] + word for word in found.values()]
