"""Which words are so common that it is shorter to walk down from the weightiest text than to look into the index.

They choose a way, never what is found at its end, so each process reads them once a minute and not once a search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt
from time import monotonic
from typing import Any

from django.conf import settings

from search.models import SearchDocument, Word

from .base import MOST_CANDIDATES

SECONDS = 60


@dataclass(frozen=True)
class CommonWords:
    """In which share of a language's texts its common words stand, and the share from which on it is a common one.

    So many texts as fit have to be read one way, one in so many of all texts the other way; both are as long where the
    number is the root of their product.
    """

    shares: dict[tuple[str, str], float]
    least: float

    def fit_often(self, words: Sequence[str], language: str) -> bool:
        """Return whether texts with all the words are common, taking words for independent of each other.

        Texts with several words are no commoner than those with the rarest of them: a word that is not here settles it.
        """
        return bool(words) and prod(self.shares.get((language, word), 0.0) for word in words) > self.least


def common_words(connection: Any) -> CommonWords:
    """Return the common words of a database, at most a minute old."""
    name = connection.settings_dict["NAME"]
    read_at, words = _known.get(name, (0.0, None))
    if words is None or monotonic() - read_at > SECONDS:
        words = _read(connection)
        _known[name] = monotonic(), words
    return words


def forget_common_words() -> None:
    """Make this process read them anew."""
    _known.clear()


def _read(connection: Any) -> CommonWords:
    with connection.cursor() as cursor:
        # The planner's own guess; every language is taken to have as many texts as the others.
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [SearchDocument._meta.db_table])
        texts = max(cursor.fetchone()[0] / len(settings.LANGUAGES), 1.0)
    least = sqrt(MOST_CANDIDATES * texts)
    common = Word.objects.using(connection.alias).filter(number__gt=least).values_list("language", "word", "number")
    return CommonWords({(language, word): number / texts for language, word, number in common}, least / texts)


_known: dict[str, tuple[float, CommonWords]] = {}
