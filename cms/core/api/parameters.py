"""Query parameters that check what a client sends and tell the OpenAPI document the same in one declaration."""

import math
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from cms.core.ids import as_uuid

LONGEST_TEXT = 200
LONGEST_SLUG = 255
MOST_VALUES = 20
MOST_WORDS = 10
SLUG = re.compile(r"[-\w]+")
# What maps call the nearest one can look.
LAST_ZOOM = 22
EDGES = ("west", "south", "east", "north")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,15})?", re.ASCII)
CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f]")


class BadParameterError(ValueError):
    """A value that a parameter cannot take; its text is shown to the client."""


@dataclass(frozen=True)
class Parameter:
    """One query parameter: free text. Subclasses narrow `check` and `schema` together."""

    description: str
    longest: int = LONGEST_TEXT

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of the value."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}

    def parse(self, text: str) -> Any:
        """Return the value. Raises BadParameterError."""
        if not text:
            raise BadParameterError(_("Give a value or leave the parameter out."))
        if len(text) > self.longest:
            raise BadParameterError(_("At most %(number)d characters.") % {"number": self.longest})
        if CONTROL_CHARACTER.search(text):
            raise BadParameterError(_("Control characters are not text."))
        return self.check(text)

    def check(self, text: str) -> Any:
        """Return the value of a text that is short, clean and not empty. Raises BadParameterError."""
        return text


@dataclass(frozen=True)
class Words(Parameter):
    """A few words with spaces between them."""

    def check(self, text: str) -> str:
        if not 0 < len(text.split()) <= MOST_WORDS:
            raise BadParameterError(_("One to %(number)d words.") % {"number": MOST_WORDS})
        return text


@dataclass(frozen=True)
class Choice(Parameter):
    """One of a few words."""

    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}

    def check(self, text: str) -> str:
        if text not in self.choices:
            raise BadParameterError(_("One of: %(choices)s.") % {"choices": ", ".join(self.choices)})
        return text


@dataclass(frozen=True)
class Language(Choice):
    """The code of one of the site's languages."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", tuple(code for code, _name in settings.LANGUAGES))


@dataclass(frozen=True)
class Fields(Parameter):
    """Names of the fields that an answer shall have, with commas between them."""

    names: tuple[str, ...] = ()
    longest: int = 1_000

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "enum": list(self.names)}, "minItems": 1}

    def check(self, text: str) -> tuple[str, ...]:
        asked = tuple(dict.fromkeys(text.split(",")))
        unknown = [name for name in asked if name not in self.names]
        if unknown:
            raise BadParameterError(_("There is no field of that name here: %(name)s.") % {"name": unknown[0]})
        return asked


@dataclass(frozen=True)
class Several(Parameter):
    """Up to twenty values of another parameter with commas between them; one of them has to hold."""

    one: Parameter = field(default_factory=lambda: Parameter(""))
    longest: int = MOST_VALUES * (LONGEST_SLUG + 1)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.one.schema(), "minItems": 1, "maxItems": MOST_VALUES}

    def check(self, text: str) -> tuple[Any, ...]:
        texts = text.split(",")
        if len(texts) > MOST_VALUES:
            raise BadParameterError(_("At most %(number)d values.") % {"number": MOST_VALUES})
        return tuple(dict.fromkeys(self.one.parse(one) for one in texts))


def several(one: Parameter) -> Several:
    """Return the parameter that takes several values of another one, any of which has to hold."""
    return Several(f"{one.description} Several with commas between them: any of them.", one=one)


@dataclass(frozen=True)
class Boolean(Parameter):
    """`true` or `false`."""

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def check(self, text: str) -> bool:
        if text not in {"true", "false"}:
            raise BadParameterError(_("Either true or false."))
        return text == "true"


@dataclass(frozen=True)
class Integer(Parameter):
    """A whole number between two others, both included."""

    least: int = 0
    most: int = 0
    default: int | None = None

    def schema(self) -> dict[str, Any]:
        schema = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return schema | {"default": self.default} if self.default is not None else schema

    def check(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(self.most)) and self._fits(int(text))):
            raise BadParameterError(
                _("A whole number from %(least)d to %(most)d.") % {"least": self.least, "most": self.most}
            )
        return int(text)

    def _fits(self, number: int) -> bool:
        return self.least <= number <= self.most


@dataclass(frozen=True)
class Number(Parameter):
    """A number above one bound and up to another."""

    above: float = 0
    most: float = 0

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.above, "exclusiveMinimum": True, "maximum": self.most}

    def check(self, text: str) -> float:
        if not NUMBER.fullmatch(text) or not self.above < float(text) <= self.most:
            raise BadParameterError(
                _("A number above %(above)g and up to %(most)g.") % {"above": self.above, "most": self.most}
            )
        return float(text)


@dataclass(frozen=True)
class Time(Parameter):
    """A point in time with its distance from UTC."""

    longest: int = 40

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time", "example": "2026-11-01T06:30:00Z"}

    def check(self, text: str) -> datetime:
        # An address turns the plus of "+02:00" into a space when it is not escaped.
        try:
            value = parse_datetime(text.replace(" ", "+"))
        except ValueError:
            value = None
        if value is None or value.tzinfo is None:
            raise BadParameterError(_("A time with its zone, such as 2026-11-01T06:30:00Z."))
        try:
            return value.astimezone(UTC)
        except OverflowError as error:
            raise BadParameterError(_("This time lies outside of the calendar.")) from error


@dataclass(frozen=True)
class Id(Parameter):
    """A public id."""

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}

    def check(self, text: str) -> uuid.UUID:
        value = as_uuid(text)
        if value is None:
            raise BadParameterError(_("An id, such as 0b7f6a5e-4b0e-4d3a-9f0c-6f1f6f1c2d3e."))
        return value


@dataclass(frozen=True)
class Reference(Parameter):
    """A public id or a slug; what it names is looked up by the view."""

    longest: int = LONGEST_SLUG

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest, "pattern": r"^[-\w]+$"}

    def check(self, text: str) -> str:
        if not SLUG.fullmatch(text):
            raise BadParameterError(_("An id or a slug."))
        return text


@dataclass(frozen=True)
class Point(Parameter):
    """Latitude and longitude in degrees with a comma between them."""

    def schema(self) -> dict[str, Any]:
        degrees = r"(\.[0-9]{1,15})?"
        return {
            "type": "string",
            "pattern": f"^-?[0-9]{{1,2}}{degrees},-?[0-9]{{1,3}}{degrees}$",
            "example": "52.52,13.40",
        }

    def check(self, text: str) -> tuple[float, float]:
        numbers = text.split(",")
        if len(numbers) != len(("latitude", "longitude")) or not all(map(NUMBER.fullmatch, numbers)):
            raise BadParameterError(_("Latitude and longitude in degrees with a comma between them: 52.52,13.40."))
        latitude, longitude = map(float, numbers)
        if not (math.fabs(latitude) <= 90 and math.fabs(longitude) <= 180):  # noqa: PLR2004 (degrees of the globe)
            raise BadParameterError(_("Latitude lies between -90 and 90, longitude between -180 and 180."))
        return latitude, longitude


@dataclass(frozen=True)
class Area(Parameter):
    """A box of degrees, in the order of GeoJSON: western, southern, eastern and northern edge with commas between."""

    def schema(self) -> dict[str, Any]:
        longitude, latitude = (rf"-?[0-9]{{1,{digits}}}(\.[0-9]{{1,15}})?" for digits in (3, 2))
        return {
            "type": "string",
            "pattern": f"^{longitude},{latitude},{longitude},{latitude}$",
            "example": "13.1,52.3,13.8,52.7",
        }

    def check(self, text: str) -> tuple[float, float, float, float]:
        numbers = text.split(",")
        if len(numbers) != len(EDGES) or not all(map(NUMBER.fullmatch, numbers)):
            message = _("Four numbers in degrees with commas between them: west, south, east, north.")
            raise BadParameterError(message)
        west, south, east, north = map(float, numbers)
        if max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:  # noqa: PLR2004 (degrees of the globe)
            raise BadParameterError(_("Latitude lies between -90 and 90, longitude between -180 and 180."))
        if south > north:
            raise BadParameterError(_("The second number is the southern edge, the fourth one the northern."))
        return west, south, east, north


LANG = Language("The language of the answer. Without it, Accept-Language decides.")


def parse_query(declared: Mapping[str, Parameter], query: QueryDict) -> dict[str, Any]:
    """Return the values of the parameters that were given.

    Raises ValidationError naming each parameter that is unknown, given twice or wrong: nothing is ever ignored.
    """
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, texts in query.lists():
        try:
            values[name] = _value(declared, name, texts)
        except BadParameterError as error:
            errors[name[:LONGEST_TEXT]] = [str(error)]
    if errors:
        raise ValidationError(errors)
    return values


def _value(declared: Mapping[str, Parameter], name: str, texts: list[str]) -> Any:
    if name not in declared:
        raise BadParameterError(_("There is no such parameter here."))
    if len(texts) != 1:
        raise BadParameterError(_("Give it once."))
    return declared[name].parse(texts[0])


def refuse(name: str, message: str) -> ValidationError:
    """Return the error that says what is wrong with one parameter."""
    return ValidationError({name: [message]})


def refuse_all(names: Iterable[str], message: str) -> ValidationError:
    """Return the error that says the same of several parameters."""
    return ValidationError({name: [message] for name in names})
