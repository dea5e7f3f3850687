"""From the bytes of a CSV, XLSX or JSON file to a table. Nothing here knows what the columns mean."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO
from typing import Any

import orjson
from django.utils.translation import gettext as _

from .tables import MOST_BYTES, FileRefusedError, Row, Table, column_names, fill, limited, row_of, unescaped
from .workbooks import read_workbook

SEPARATORS = ",;\t"
ZIP_MARK = b"PK\x03\x04"
# The module's own limit of 128 KiB would refuse the whole file for one long cell, which a row can report.
csv.field_size_limit(MOST_BYTES)


def read_table(data: bytes, name: str) -> Table:
    """Return the table in the bytes of a file; the name's ending says which format.

    Raises FileRefusedError with a sentence for people when it cannot be read, is empty, or is larger than we take.
    """
    if len(data) > MOST_BYTES:
        message = _("The file is larger than %(most)s MB.")
        raise FileRefusedError(message % {"most": MOST_BYTES // 1024 // 1024})
    if not data.strip():
        raise FileRefusedError(_("The file is empty."))
    readers = {"csv": _read_csv, "tsv": _read_csv, "txt": _read_csv, "json": _read_json, "xlsx": read_workbook}
    ending = name.rpartition(".")[2].casefold()
    if ending not in readers:
        raise FileRefusedError(_("The file's name must end in .csv, .xlsx or .json."))
    table = readers[ending](data)
    if not table.rows:
        raise FileRefusedError(_("The file has no rows."))
    return table


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text in some bytes, and a note when we had to guess how its letters are written."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _utf16(data, "utf-16"), [_("Read as UTF-16.")]
    # Every second byte of Western text in UTF-16 is zero.
    for encoding, half in (("utf-16-le", data[1:4000:2]), ("utf-16-be", data[0:4000:2])):
        if len(half) > 1 and half.count(0) > len(half) * 0.4:
            return _utf16(data, encoding), [_("Read as UTF-16.")]
    try:
        return data.removeprefix(BOM_UTF8).decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    note = _("The file is not UTF-8; its letters were read as Windows-1252 (Latin-1). Please look at the accents.")
    try:
        return data.decode("cp1252"), [note]
    except UnicodeDecodeError:
        return data.decode("latin-1"), [note]


def _utf16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefusedError(_("The file begins as UTF-16 but is damaged.")) from error


def _read_csv(data: bytes) -> Table:
    if data.startswith(ZIP_MARK):
        raise FileRefusedError(_("This is no text but a packed file. Is it a spreadsheet? Then name it .xlsx."))
    text, notes = decode(data)
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=_outside_quotes(first_line).count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        header = next(reader, [])
        while not any(header):
            header = next(reader)
        names = column_names(header)
        return Table(names, list(limited(_csv_rows(reader, names))), notes)
    except StopIteration as error:
        raise FileRefusedError(_("The file is empty.")) from error
    except csv.Error as error:
        message = _("Line %(line)s cannot be read: %(reason)s.")
        raise FileRefusedError(message % {"line": reader.line_num, "reason": error}) from error


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def _csv_rows(reader: Any, names: list[str]) -> Any:
    line = reader.line_num + 1
    for values in reader:
        yield row_of(line, names, [unescaped(value) for value in values])
        line = reader.line_num + 1


def _read_json(data: bytes) -> Table:
    text, notes = decode(data)
    try:
        items = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        message = _("This is not JSON: %(reason)s.")
        raise FileRefusedError(message % {"reason": error}) from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FileRefusedError(_("The file must hold a list of objects."))
    names = column_names(dict.fromkeys(name.strip().casefold() for item in items for name in item))
    return Table(names, list(limited(_object_row(number, item) for number, item in enumerate(items, 1))), notes)


def _object_row(number: int, item: dict[str, Any]) -> Row:
    """Return an object as a row; a list of objects, as texts in blocks are, stays JSON."""
    row = Row(number, {})
    for name, value in item.items():
        is_nested = isinstance(value, list) and any(isinstance(part, dict) for part in value)
        fill(row, name.strip().casefold(), orjson.dumps(value).decode() if is_nested else value)
    return row
