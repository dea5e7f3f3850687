import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from cms.media import documents
from cms.media.documents import clean_document
from tests.factories.media import pdf_file

from .corpus import MEGABYTE, PHP, SCRIPT, encoded, svg

ODT = b"application/vnd.oasis.opendocument.text"
DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
PDF = pdf_file().read()


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", compression) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return output.getvalue()


def cleaned(data: bytes, name: str) -> ContentFile:
    return clean_document(ContentFile(data, name=name), name=name)


ACCEPTED = {
    "report.pdf": lambda: PDF,
    "Notes.TXT": lambda: b"Gr\xc3\xbc\xc3\x9fe\tan alle\r\n5 < 6 <b>\n",
    "latin.csv": lambda: "Straße;Höhe\n".encode("latin-1"),
    "marked.csv": lambda: b"\xef\xbb\xbfname;place\nAda;Ulm\n",
    "a.docx": lambda: archive(DOCX),
    "a.xlsx": lambda: archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
    "a.odt": lambda: archive({"mimetype": ODT, "content.xml": b"<c/>"}),
    "a.ods": lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
}
REFUSED = [
    ("a.html", lambda: SCRIPT),
    ("a.svg", svg),
    ("a", lambda: PDF),
    ("", lambda: PDF),
    ("a.exe", lambda: b"MZ"),
    ("a.pdf.html", lambda: PDF),
    ("a.pdf", lambda: b""),
    ("a.pdf", lambda: SCRIPT),
    ("a.pdf", lambda: b"\n" + PDF),
    ("a.pdf", lambda: SCRIPT + PDF),
    ("a.pdf", lambda: encoded("JPEG") + PDF),
    ("a.pdf", lambda: PDF + b"\x00" * 11 * MEGABYTE),
    ("a.txt", lambda: SCRIPT),
    ("a.txt", lambda: b"hello " * 5000 + SCRIPT),
    ("a.txt", lambda: b"< ScRiPt src=//x>"),
    ("a.txt", lambda: PHP),
    ("a.txt", svg),
    ("a.txt", lambda: b"#!/bin/sh\nrm -rf /"),
    ("a.csv", lambda: b"a;b\x00c"),
    ("a.csv", lambda: "a;b".encode("utf-16")),
    ("a.csv", lambda: b"<!DOCTYPE html><p>"),
    ("a.csv", lambda: b'<img src=x onerror="alert(1)">;2'),
    ("a.txt", lambda: encoded("PNG")),
    ("a.docx", lambda: archive({"a.txt": b"x"})),
    ("a.docx", lambda: archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""})),
    ("a.docx", lambda: archive(DOCX | {"word/vbaProject.bin": b"x"})),
    ("a.docx", lambda: archive(DOCX | {"word/bomb.xml": b"\x00" * 101 * MEGABYTE})),
    ("a.docx", lambda: archive(DOCX | {f"word/{number}.xml": b"" for number in range(5001)})),
    ("a.docx", lambda: archive(DOCX)[:-40]),
    ("a.docx", lambda: SCRIPT + archive(DOCX)),
    ("a.docx", lambda: b"PK\x03\x04" + SCRIPT),
    ("a.odt", lambda: archive({"mimetype": b"application/epub+zip"})),
    ("a.odt", lambda: archive({"content.xml": b""})),
    ("a.ods", lambda: archive({"mimetype": ODT})),
    ("a.odt", lambda: archive({"mimetype": b"\xff\xfe"})),
]


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepts_unchanged(name: str):
    data = ACCEPTED[name]()
    result = cleaned(data, name)
    assert result.read() == data
    assert result.name == name.lower()


@pytest.mark.parametrize(("name", "make"), REFUSED)
def test_refuses_with_a_sentence(name: str, make: Callable[[], bytes]):
    with pytest.raises(ValidationError) as refusal:
        cleaned(make(), name)
    assert refusal.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../a.pdf", "a.pdf"),
        ("a.php.pdf", "a-php.pdf"),
        ("a\u202efdp.exe.pdf", "afdp-exe.pdf"),
        ("a\r\nX: y.pdf", "a-x-y.pdf"),
        ("\x00.pdf", "document.pdf"),
        ("Jahresbericht Ökologie.pdf", "jahresbericht-okologie.pdf"),
    ],
)
def test_names(name: str, expected: str):
    assert cleaned(PDF, name).name == expected


def test_checked_once():
    first = cleaned(PDF, "a.pdf")
    assert clean_document(first, name="b.pdf") is first


def test_a_kind_without_a_check_is_refused(settings):
    settings.WAGTAILDOCS_EXTENSIONS = ["pdf", "html"]
    with pytest.raises(ValidationError):
        cleaned(SCRIPT, "a.html")


def test_every_kind_in_the_settings_has_a_check(settings):
    assert set(settings.WAGTAILDOCS_EXTENSIONS) == set(documents.CHECKS)
