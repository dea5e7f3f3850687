"""Whether a document is what its name says. Documents are kept byte by byte; only their names are made safe."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from .names import extension_of, safe_name
from .pipeline import read_limited

MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all files in an office document together; a bomb has gigabytes
MOST_PARTS = 5_000
CONTENT_TYPES = "[Content_Types].xml"
MACROS = "vbaProject.bin"
OPEN_DOCUMENT = {"odt": "text", "ods": "spreadsheet"}
OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/"}

# Text that a browser might take for a page or a server for a program, wherever in the file it begins.
MARKUP = re.compile(
    rb"<\s*(?:!doctype|!entity|!--|\?php|\?xml|\?=|html|head|body|title|base|meta|link|style|script|iframe|frame|object|embed"
    rb"|svg|math|form|img|video|audio|template)\b|javascript\s*:|^#!",
    re.IGNORECASE,
)
# Everything below the blank except tab, line feed, form feed and carriage return.
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class CleanDocument(ContentFile):
    """A document that came through the check; its type is the proof."""


def clean_document(file: File, *, name: str) -> ContentFile:
    """Return the document in `file`, unchanged, under a harmless name.

    A file that is clean already is returned as it is. Raises ValidationError with a sentence for people when it is too
    large, of a kind we don't take, or something else than its extension says.
    """
    if isinstance(file, CleanDocument):
        return file
    extension = extension_of(name)
    if extension not in settings.WAGTAILDOCS_EXTENSIONS or extension not in CHECKS:
        message = _("We don't take files of this kind. We take: %(kinds)s.")
        kinds = ", ".join(kind for kind in settings.WAGTAILDOCS_EXTENSIONS if kind in CHECKS)
        raise ValidationError(message % {"kinds": kinds}, code="invalid_extension")
    data = read_limited(file, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    if not CHECKS[extension](data, extension):
        message = _("This is not a readable .%(extension)s file: it is damaged, or something else under that name.")
        raise ValidationError(message % {"extension": extension}, code="invalid_content")
    return CleanDocument(data, name=safe_name(name, extension=extension, fallback="document"))


def _is_pdf(data: bytes, _extension: str) -> bool:
    return data.startswith(b"%PDF-")


def _is_text(data: bytes, _extension: str) -> bool:
    return not CONTROL.search(data) and not MARKUP.search(data)


def _is_office_file(data: bytes, extension: str) -> bool:
    """Return whether this is an unencrypted zip with the parts of that format, without macros, of a bearable size."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _is_bearable(archive) and _has_parts_of(archive, extension)
    except Exception:  # noqa: BLE001 - a damaged or crafted archive makes zipfile and zlib raise anything
        return False


def _is_bearable(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    return len(parts) <= MOST_PARTS and unpacked <= MOST_UNPACKED and not any(MACROS in part.filename for part in parts)


def _has_parts_of(archive: zipfile.ZipFile, extension: str) -> bool:
    names = archive.namelist()
    if extension in OPEN_DOCUMENT:
        with archive.open("mimetype") as part:
            kind = part.read(100).strip().decode("ascii")
        return kind == f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[extension]}"
    return CONTENT_TYPES in names and any(part.startswith(OFFICE_FOLDERS[extension]) for part in names)


# A kind named in the settings but not here is refused: nothing is taken unchecked.
CHECKS: dict[str, Callable[[bytes, str], bool]] = {
    "pdf": _is_pdf,
    "txt": _is_text,
    "csv": _is_text,
    **dict.fromkeys([*OFFICE_FOLDERS, *OPEN_DOCUMENT], _is_office_file),
}
