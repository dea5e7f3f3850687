"""The languages that people can speak: those with a two-letter code, by their name in the reader's language."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.conf import settings

LENGTH_OF_CODE = 2


@cache
def language_names(reader: str) -> dict[str, str]:
    """Return the name of every language by its code, in the order of their names."""
    names = _locale(reader).languages
    found = {code: name[:1].upper() + name[1:] for code, name in names.items() if code in language_codes()}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


@cache
def language_codes() -> frozenset[str]:
    """Return the code of every language that there is."""
    return frozenset(code for code in _locale(settings.LANGUAGE_CODE).languages if len(code) == LENGTH_OF_CODE)


def language_name(code: str, reader: str) -> str:
    """Return what a reader calls a language; its code where nobody has named it."""
    return language_names(reader).get(code, code)


def _locale(reader: str) -> Locale:
    try:
        return Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(settings.LANGUAGE_CODE, sep="-")
