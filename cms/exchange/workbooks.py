"""Reads XLSX files, which are packed and written by strangers, in constant memory."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .tables import FileRefusedError, Problem, Row, Table, check_width, column_names, limited, row_of, unescaped

MOST_PARTS = 1_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes; 20,000 full rows unpack to less than half of it
FORMULA = "f"
# One cell far below the rest would otherwise be a million rows of nothing.
MOST_LINES = 100_000


def read_workbook(data: bytes) -> Table:
    """Return the first visible sheet of a workbook as a table.

    Raises FileRefusedError for what is no workbook, unpacks to too much, or has too many columns or rows.
    """
    _check_package(data)
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheet = next(sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")
        # What a file says of its own size is only a claim; it would decide how wide every row is made.
        sheet.reset_dimensions()
        return _table(sheet)
    except FileRefusedError:
        raise
    except Exception as error:  # a damaged workbook makes its parsers raise anything
        raise FileRefusedError(_("This spreadsheet cannot be read: it is damaged, or not an XLSX file.")) from error


def _check_package(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise FileRefusedError(_("This is not an XLSX file.")) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefusedError(_("This spreadsheet unpacks to more than we take."))


def _table(sheet: Any) -> Table:
    lines = _lines(sheet)
    for _number, cells in lines:
        if any(cell.value not in {None, ""} for cell in cells):
            names = column_names(cell.value for cell in cells)
            return Table(names, list(limited(_row(number, names, cells) for number, cells in lines)))
    raise FileRefusedError(_("The file is empty."))


def _lines(sheet: Any) -> Iterator[tuple[int, Any]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        check_width(len(cells))
        if number > MOST_LINES:
            message = _("The spreadsheet goes on below line %(most)s. Please split it.")
            raise FileRefusedError(message % {"most": MOST_LINES})
        yield number, cells


def _row(number: int, names: list[str], cells: Any) -> Row:
    formulas = [index for index, cell in enumerate(cells) if getattr(cell, "data_type", "") == FORMULA]
    values = [None if index in formulas else _value(cell) for index, cell in enumerate(cells)]
    row = row_of(number, names, values)
    reason = _("The cell holds a formula. Please paste its value.")
    row.problems += [Problem(names[index], reason) for index in formulas if index < len(names)]
    return row


def _value(cell: Any) -> Any:
    return unescaped(cell.value) if isinstance(cell.value, str) else cell.value
