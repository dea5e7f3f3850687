"""From rows to the bytes of a CSV, XLSX or JSON file."""

import csv
from collections.abc import Iterable
from pathlib import Path

import orjson
from django.utils.translation import gettext as _
from openpyxl import Workbook

from .tables import escaped

MOST_IN_A_CELL = 32_767  # characters, says the format
Cells = dict[str, str]


class CellTooLongError(Exception):
    """A text does not fit into a cell of a spreadsheet; the message is for people."""


def write_csv(path: Path, columns: list[str], rows: Iterable[Cells]) -> None:
    """Write rows as CSV with commas, in UTF-8 with the mark that spreadsheets look for."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([escaped(row.get(name, "")) for name in columns])


def write_xlsx(path: Path, columns: list[str], rows: Iterable[Cells]) -> None:
    """Write rows as the one sheet of a workbook. Raises CellTooLongError."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(columns)
    for row in rows:
        cells = [escaped(row.get(name, "")) for name in columns]
        if any(len(cell) > MOST_IN_A_CELL for cell in cells):
            message = _("A text of «%(title)s» is too long for a spreadsheet. Export to JSON or CSV.")
            raise CellTooLongError(message % {"title": row.get("title", "")})
        sheet.append([cell or None for cell in cells])
    workbook.save(path)


def write_json(path: Path, columns: list[str], rows: Iterable[Cells]) -> None:
    """Write rows as a list of objects; blocks are nested, everything else is text."""
    with path.open("wb") as file:
        begin = b"["
        for row in rows:
            item = {name: row[name] for name in columns if name in row}
            for name, text in item.items():
                if name.partition(":")[0] == "blocks" and text:
                    item[name] = orjson.loads(text)
            file.write(begin + b"\n" + orjson.dumps(item, option=orjson.OPT_INDENT_2))
            begin = b","
        file.write(b"\n]\n" if begin == b"," else b"[]\n")


WRITERS = {".csv": write_csv, ".xlsx": write_xlsx, ".json": write_json}
