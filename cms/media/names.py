"""File names that mean nothing to a shell, a browser or a folder."""

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

STEM_LENGTH = 60  # characters; with folder, storage suffix and extension it stays below the 100 of the column


def extension_of(name: str) -> str:
    """Return what follows the last dot of a name, in lower case and without the dot; empty when there is none."""
    _stem, dot, extension = last_part(name).rpartition(".")
    return extension.lower() if dot else ""


def last_part(name: str) -> str:
    """Return the name without any folder, whichever way the slashes of the sender's machine lean."""
    return name.replace("\\", "/").rpartition("/")[2]


def safe_name(name: str, *, extension: str, fallback: str) -> str:
    """Return a name of ASCII letters, digits and hyphens with exactly one extension.

    `extension` comes without a dot and replaces the one in `name`; `fallback` is the stem when nothing of it is left.
    """
    stem, dot, _extension = last_part(name).rpartition(".")
    words = string_to_ascii(stem if dot else last_part(name)).replace(".", "-").replace("_", "-")
    return f"{slugify(words)[:STEM_LENGTH].strip('-') or fallback}.{extension}"
