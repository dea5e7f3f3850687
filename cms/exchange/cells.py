"""From the text of a cell to a value. Each raises CellRefusedError with what would be right."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms import URLField
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .tables import CellRefusedError, shortened

YES, NO = {"yes", "true", "1", "x", "ja", "wahr"}, {"no", "false", "0", "", "nein", "falsch"}
ISO, DOTTED = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?$"), re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})$")
EARLIEST, LATEST = 1800, 2200


def one_line(text: str, most: int) -> str:
    """Return the text on one line, at most `most` characters long."""
    text = " ".join(text.split())
    return limited(text, most)


def limited(text: str, most: int) -> str:
    """Return the text if it has at most `most` characters."""
    if len(text) > most:
        message = _("The text has %(number)s characters. The most is %(most)s.")
        raise CellRefusedError(message % {"number": len(text), "most": most})
    return text


def day(text: str) -> date | None:
    """Return the day written as 2026-11-21 or 21.11.2026; None for an empty cell."""
    if not text:
        return None
    iso, dotted = ISO.match(text), DOTTED.match(text)
    parts = iso.groups() if iso else dotted.groups()[::-1] if dotted else ("0", "0", "0")
    try:
        found = date(*map(int, parts))
    except ValueError as error:
        message = _("«%(text)s» is no date. Write 2026-11-21 or 21.11.2026.")
        raise CellRefusedError(message % {"text": shortened(text, 30)}) from error
    if not EARLIEST <= found.year <= LATEST:
        raise CellRefusedError(_("The year lies too far away."))
    return found


def yes_or_no(text: str) -> bool:
    """Return what a cell with yes or no says; an empty one says no."""
    word = text.casefold()
    if word in YES or word in NO:
        return word in YES
    raise CellRefusedError(_("Write yes or no."))


def choice(text: str, choices: Any, default: str = "") -> str:
    """Return one of a field's values, given as it is stored or as people read it."""
    if not text:
        return default
    found = {str(word).casefold(): value for value, label in choices for word in (label, value)}
    try:
        return found[text.casefold()]
    except KeyError:
        message = _("«%(text)s» is none of: %(choices)s.")
        known = ", ".join(str(value) for value, _label in choices)
        raise CellRefusedError(message % {"text": shortened(text, 40), "choices": known}) from None


def degrees(cells: Mapping[str, str]) -> tuple[float, float] | None:
    """Return latitude and longitude from two cells, None when both are empty."""
    texts = [cells.get(name, "").replace(",", ".") for name in ("latitude", "longitude")]
    if texts == ["", ""]:
        return None
    try:
        latitude, longitude = map(float, texts)
    except ValueError as error:
        raise CellRefusedError(_("Write degrees as 52.52 and 13.405, both of them.")) from error
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 (degrees)
        raise CellRefusedError(_("Latitudes go from -90 to 90, longitudes from -180 to 180."))
    return latitude, longitude


def address(text: str) -> str:
    """Return the address of a website."""
    if not text:
        return ""
    try:
        cleaned = URLField(assume_scheme="https").clean(text)
    except ValidationError as error:
        raise CellRefusedError(" ".join(error.messages)) from error
    if not cleaned.startswith(("http://", "https://")):
        raise CellRefusedError(_("Addresses begin with http:// or https://."))
    return limited(cleaned, 200)


def email(text: str) -> str:
    """Return an e-mail address."""
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise CellRefusedError(" ".join(error.messages)) from error
    return limited(text, 254)


def slug(text: str) -> str:
    """Return the last part of an address."""
    if text != slugify(text):
        raise CellRefusedError(_("Only small letters, digits and hyphens can stand in an address."))
    return limited(text, 200)
