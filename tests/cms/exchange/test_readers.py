"""What comes out of files, well made and badly made. No file makes anything but a table or a refusal."""

import json
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cms.exchange.readers import read_table
from cms.exchange.tables import MOST_CHARACTERS, FileRefusedError, Table, escaped, unescaped

TEXT = "key;title;summary\na;Größe;Über uns\n"
FILES = ("rows.csv", "rows.xlsx", "rows.json")


def cells(table: Table) -> list[dict[str, str]]:
    return [row.cells for row in table.rows]


def workbook(*rows: list[object]) -> bytes:
    book, output = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(output)
    return output.getvalue()


def refusal(data: bytes, name: str = "rows.csv") -> str:
    with pytest.raises(FileRefusedError) as refused:
        read_table(data, name)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_letters_survive_every_encoding(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding), "rows.csv")
    assert cells(table) == [{"key": "a", "title": "Größe", "summary": "Über uns"}]
    is_guessed = encoding not in {"utf-8", "utf-8-sig"}
    assert bool(table.notes) is is_guessed


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    text = f'key{separator}"title, or; name"\na{separator}"x{separator}y"\n'
    assert cells(read_table(text.encode(), "rows.csv")) == [{"key": "a", "title, or; name": f"x{separator}y"}]


def test_lines_are_counted_where_rows_begin() -> None:
    table = read_table(b'key,body\n\na,"one\ntwo\n"\nb,x\r\n\r\nc,y\n', "rows.csv")
    assert [(row.line, row.cells["key"]) for row in table.rows] == [(3, "a"), (6, "b"), (8, "c")]


def test_a_workbook_gives_dates_numbers_and_flags_as_text() -> None:
    noon = datetime(2026, 3, 1, 12)  # noqa: DTZ001 (spreadsheets know no time zones)
    data = workbook(["Key", "Start", "Open", "Latitude"], [7.0, noon, True, 52.5], [8, date(2026, 1, 2)])
    table = read_table(data, "Rows.XLSX")
    assert cells(table) == [
        {"key": "7", "start": "2026-03-01", "open": "yes", "latitude": "52.5"},
        {"key": "8", "start": "2026-01-02", "open": "", "latitude": ""},
    ]
    assert [row.line for row in table.rows] == [2, 3]


def test_json_keeps_lists_and_nested_blocks() -> None:
    data = (
        b'[{"key": "a", "sectors": ["solar", "food"], "blocks": [{"type": "text", "value": "<p>x</p>"}], "open": null}]'
    )
    assert cells(read_table(data, "rows.json")) == [
        {"key": "a", "sectors": "solar; food", "blocks": '[{"type":"text","value":"<p>x</p>"}]', "open": ""}
    ]


def test_a_formula_is_wrong_in_its_cell_only() -> None:
    table = read_table(workbook(["key", "title"], ["a", "=1+1"], ["b", "Fine"]), "rows.xlsx")
    first, second = table.rows
    assert [(problem.column, first.cells["title"]) for problem in first.problems] == [("title", "")]
    assert not second.problems


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "rows.csv", "empty"),
        (b" \n \n", "rows.csv", "empty"),
        (b"\xef\xbb\xbf", "rows.csv", "empty"),
        (b"key,title\n", "rows.csv", "no rows"),
        (b",,\n,,\n", "rows.csv", "empty"),
        (b"key,,title\na,b,c\n", "rows.csv", "no name"),
        (b"key,Title,title\na,b,c\n", "rows.csv", "more than once"),
        (b"key\n" + b"x\n" * 20_001, "rows.csv", "rows"),
        (",".join(f"c{number}" for number in range(100_000)).encode() + b"\n1\n", "rows.csv", "100000 columns"),
        (b"key,title\na,b\n", "rows.pdf", "must end in"),
        (b"key,title\na,b\n", "rows.xlsx", "not an XLSX"),
        (b"PK\x03\x04rubbish", "rows.xlsx", "not an XLSX"),
        (b"PK\x03\x04rubbish", "rows.csv", "spreadsheet"),
        (b"{}", "rows.json", "list of objects"),
        (b"[1]", "rows.json", "list of objects"),
        (b"[" * 5_000, "rows.json", "not JSON"),
        (b'[{"key": NaN}]', "rows.json", "not JSON"),
        (b"\xff\xfea", "rows.csv", "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_reason(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


def test_a_workbook_with_too_many_columns_is_refused() -> None:
    assert "16384 columns" in refusal(workbook(["key", *["x"] * 16_383], ["a"]), "rows.xlsx")


def test_a_cell_far_below_does_not_make_a_million_rows() -> None:
    book, output = Workbook(), BytesIO()
    book.active.append(["key"])
    book.active.append(["a"])
    book.active.cell(row=1_048_576, column=1, value="b")
    book.save(output)
    assert "goes on below" in refusal(output.getvalue(), "rows.xlsx")


def test_a_packed_file_that_grows_is_refused() -> None:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * (201 * 1024 * 1024))
    assert len(output.getvalue()) < 1_000_000
    assert "unpacks" in refusal(output.getvalue(), "rows.xlsx")


def test_entities_in_a_workbook_are_not_unfolded() -> None:
    source, output = ZipFile(BytesIO(workbook(["key"], ["a"]))), BytesIO()
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with ZipFile(output, "w") as package:
        for part in source.namelist():
            content = source.read(part)
            package.writestr(part, bomb + content if part.endswith("sheet1.xml") else content)
    assert "cannot be read" in refusal(output.getvalue(), "rows.xlsx")


@pytest.mark.parametrize("value", ["a\x00b", "a\x07b", "x" * (MOST_CHARACTERS + 1), "x" * 1_048_576])
def test_a_cell_that_is_no_text_is_wrong_alone(value: str) -> None:
    table = read_table(f"key,title\n{value},One\nb,Two\n".encode(), "rows.csv")
    assert [len(row.problems) for row in table.rows] == [1, 0]
    assert table.rows[0].problems[0].column == "key"


def test_a_row_with_more_cells_than_columns_is_wrong() -> None:
    table = read_table(b"key,title\na,one, two\nb,three,\n", "rows.csv")
    assert [len(row.problems) for row in table.rows] == [1, 0]


@given(st.binary(max_size=400), st.sampled_from(FILES))
def test_any_bytes_are_a_table_or_refused(data: bytes, name: str) -> None:
    with suppress(FileRefusedError):
        assert read_table(data, name).rows


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_a_table_or_refused(value: object) -> None:
    with suppress(FileRefusedError):
        assert read_table(json.dumps([{"key": value}]).encode(), "rows.json").rows


@given(st.text())
def test_what_is_escaped_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "@", "\t", "\r"))


@pytest.mark.parametrize(("text", "shown"), [("-12.5", "-12.5"), ("-1+1", "'-1+1"), ("'x", "''x"), ("a=b", "a=b")])
def test_numbers_stay_numbers(text: str, shown: str) -> None:
    assert escaped(text) == shown
