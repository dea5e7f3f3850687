"""A file as read: what all three formats have in common, and the limits that hold for each of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 100_000  # in one cell; the longest text of the demo has 6,000
LIST_SEPARATOR = "; "
# What a spreadsheet would compute is written with an apostrophe before it, and an apostrophe with a second one.
COMPUTED, NUMBER, ESCAPED = re.compile(r"[=+\-@\t\r']"), re.compile(r"-?\d+(\.\d+)?$"), re.compile(r"'(?=[=+\-@\t\r'])")


class FileRefusedError(Exception):
    """The file as a whole cannot be read; the message is for people."""


class CellRefusedError(Exception):
    """One cell cannot be taken; the message is for people."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and in which column; "" when it is the row as a whole."""

    column: str
    reason: str


@dataclass
class Row:
    """One row: the line it begins on (in JSON the number of the object), its cells, and what could not be read."""

    line: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Table:
    """A file's rows, the columns that it has, and what its reader should be told."""

    columns: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def column_names(header: Iterable[Any]) -> list[str]:
    """Return the names in a header row, in lower case. Raises FileRefusedError for too many, doubles or gaps."""
    header = list(header)
    while header and header[-1] in {None, ""}:
        header.pop()
    check_width(len(header))
    names = [str(name or "").strip().casefold() for name in header]
    if not names:
        raise FileRefusedError(_("The file is empty."))
    if "" in names:
        message = _("Column %(number)s has no name.")
        raise FileRefusedError(message % {"number": names.index("") + 1})
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        message = _("These columns appear more than once: %(names)s.")
        raise FileRefusedError(message % {"names": shortened(", ".join(doubles))})
    return names


def check_width(number: int) -> None:
    """Raise FileRefusedError for a file with more columns than we take."""
    if number > MOST_COLUMNS:
        message = _("The file has %(number)s columns. The most we take is %(most)s.")
        raise FileRefusedError(message % {"number": number, "most": MOST_COLUMNS})


def limited(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows that hold something. Raises FileRefusedError when there are more than we take."""
    number = 0
    for row in rows:
        if not row.problems and not any(row.cells.values()):
            continue
        number += 1
        if number > MOST_ROWS:
            message = _("The file has more than %(most)s rows. Please split it.")
            raise FileRefusedError(message % {"most": MOST_ROWS})
        yield row


def row_of(line: int, names: list[str], values: Iterable[Any]) -> Row:
    """Return a row from values in the order of the columns."""
    values = list(values)
    row = Row(line, {})
    if any(value not in {None, ""} for value in values[len(names) :]):
        message = _("The row has more cells than the header has columns.")
        row.problems.append(Problem("", message))
    values = values[: len(names)] + [None] * (len(names) - len(values))
    for name, value in zip(names, values, strict=True):
        fill(row, name, value)
    return row


def fill(row: Row, name: str, value: Any) -> None:
    """Put a value into a row as text, or note why it cannot be taken."""
    try:
        row.cells[name] = cell_text(value)
    except CellRefusedError as error:
        row.cells[name] = ""
        row.problems.append(Problem(name, str(error)))


def cell_text(value: Any) -> str:
    """Return a cell's value as text: dates as 2026-11-21, lists with semicolons. Raises CellRefusedError."""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(cell_text(item) for item in value)
    if value is not None and not isinstance(value, str | int | float | date):
        raise CellRefusedError(_("This kind of value cannot be read here."))
    text = _scalar(value).strip()
    if len(text) > MOST_CHARACTERS:
        message = _("The cell has %(number)s characters. The most we take is %(most)s.")
        raise CellRefusedError(message % {"number": len(text), "most": MOST_CHARACTERS})
    if any(ord(sign) < ord(" ") and sign not in "\t\n\r" for sign in text):
        raise CellRefusedError(_("The cell holds signs that are no text."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def escaped(text: str) -> str:
    """Return the text as it goes into a cell of a spreadsheet, where it must not become a formula."""
    return f"'{text}" if COMPUTED.match(text) and not NUMBER.match(text) else text


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return text[1:] if ESCAPED.match(text) else text


def shortened(text: str, length: int = 200) -> str:
    """Return the text, cut where it would fill the screen."""
    return text if len(text) <= length else f"{text[:length]}…"
