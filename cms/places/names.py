"""How names of places are compared: without accents, case and punctuation."""

import re
import unicodedata

# Germans without an umlaut key write Koeln; nobody else's letters fold to two.
TRANSCRIPTIONS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
LETTERS_WITHOUT_MARKS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def folded(name: str) -> str:
    """Return the name as it is searched: `Saint-Étienne` becomes `saint etienne`, `Gießen` becomes `giessen`."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS_WITHOUT_MARKS))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", bare).strip()


def spellings(name: str) -> set[str]:
    """Return the folded ways to write a name: `Köln` gives `koln` and `koeln`."""
    transcribed = unicodedata.normalize("NFC", name).casefold().translate(TRANSCRIPTIONS)
    return {folded(name), folded(transcribed)} - {""}
