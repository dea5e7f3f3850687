"""What a profile may hold, checked before anything is stored, whichever door it came by."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from cms.places.models import Place
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import terms
from platform_apps.core.api.fields import ONE_LINE, SEVERAL_LINES

from .enums import Availability, Level, Visibility
from .languages import language_codes
from .models import LONGEST_ABOUT, LONGEST_HEADLINE, LONGEST_WEBSITE
from .sight import FIELDS

LONGEST_NAME = 80
MOST_SKILLS, MOST_SECTORS, MOST_LANGUAGES = 30, 10, 15


def checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes as they are stored. Raises ValidationError with what is wrong with each field."""
    good: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, value in changes.items():
        try:
            good[name] = CHECKS[name](value)
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return good


def _line(text: str, longest: int) -> str:
    # Before spaces are taken away: a line break in a name is an attempt, not a slip.
    ONE_LINE(text)
    text = " ".join(text.split())
    _check_length(text, longest)
    return text


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValidationError(_("At most %(number)d characters.") % {"number": longest})


def _name(text: str) -> str:
    text = _line(text, LONGEST_NAME)
    if "<" in text or ">" in text:
        raise ValidationError(_("A name has no angle brackets."))
    if text and not any(letter.isalnum() for letter in text):
        raise ValidationError(_("A name has at least one letter."))
    return text


def _headline(text: str) -> str:
    return _line(text, LONGEST_HEADLINE)


def _about(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    SEVERAL_LINES(text)
    _check_length(text, LONGEST_ABOUT)
    return text


def _website(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    _check_length(text, LONGEST_WEBSITE)
    URLValidator(schemes=["http", "https"], message=_("An address that begins with https:// or http://."))(text)
    if "@" in urlsplit(text).netloc:
        raise ValidationError(_("An address without a user name in it."))
    return text


def _place(place: Place | None) -> Place | None:
    return place


def _availability(value: str) -> str:
    if value and value not in Availability.values:
        raise _unknown()
    return value


def _languages(codes: list[str]) -> list[str]:
    codes = list(dict.fromkeys(codes))
    if not set(codes) <= language_codes():
        raise _unknown()
    _check_number(codes, MOST_LANGUAGES)
    return codes


def _skills(levels: Mapping[UUID, int]) -> dict[UUID, int]:
    _check_terms(levels, Vocabulary.SKILL, MOST_SKILLS)
    if not set(levels.values()) <= set(Level.values):
        raise _unknown()
    return dict(levels)


def _sectors(keys: list[UUID]) -> list[UUID]:
    _check_terms(keys, Vocabulary.SECTOR, MOST_SECTORS)
    return list(dict.fromkeys(keys))


def _check_terms(keys: Any, vocabulary: Vocabulary, most: int) -> None:
    _check_number(keys, most)
    known = {label.key for label in terms("").of(vocabulary)} if keys else set()
    if not set(keys) <= known:
        raise _unknown()


def _check_number(values: Any, most: int) -> None:
    if len(values) > most:
        raise ValidationError(_("At most %(number)d.") % {"number": most})


def _visibility(chosen: Mapping[str, str]) -> dict[str, str]:
    if not set(chosen) <= set(FIELDS) or not set(chosen.values()) <= set(Visibility.values):
        raise _unknown()
    return {str(name): str(value) for name, value in chosen.items()}


def _unknown() -> ValidationError:
    return ValidationError(_("There is no such choice."))


CHECKS: dict[str, Callable[[Any], Any]] = {
    "first_name": _name,
    "last_name": _name,
    "headline": _headline,
    "about": _about,
    "place": _place,
    "languages": _languages,
    "skills": _skills,
    "sectors": _sectors,
    "availability": _availability,
    "website": _website,
    "visibility": _visibility,
}
