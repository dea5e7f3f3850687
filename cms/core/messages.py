"""Translated strings: collected with gettext's own tools, compiled without them, checked for completeness."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command

DOMAIN = "django"
ROOMS = ("cms", "config", "home", "platform_apps", "search")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogs() -> Iterator[Path]:
    """Yield the path of every catalogue of ours."""
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read_catalog(path: Path) -> Catalog:
    """Return a parsed catalogue."""
    with path.open("rb") as file:
        return read_po(file)


def compile_catalogs() -> int:
    """Write the binary beside each catalogue that is newer. Returns how many were written."""
    written = 0
    for path in catalogs():
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, read_catalog(path))
            written += 1
    return written


def problems() -> Iterator[str]:
    """Yield what is wrong: strings missing from a catalogue, untranslated, fuzzy, or with other placeholders."""
    wanted = _strings_in_code()
    for path in catalogs():
        language = path.parent.parent.name
        catalog = read_catalog(path)
        known = {_identity(message): message for message in catalog if message.id}
        for identity in sorted(wanted - known.keys()):
            yield f"{language}: missing: {identity[1]!r}"
        for identity in sorted(known.keys() - wanted):
            yield f"{language}: no longer used: {identity[1]!r}"
        if language != settings.LANGUAGE_CODE:
            yield from _weak_translations(language, known.values())


def _identity(message: object) -> tuple[str, str]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", text)


def _weak_translations(language: str, messages: object) -> Iterator[str]:
    for message in messages:
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        source = message.id if isinstance(message.id, str) else message.id[-1]
        if not all(texts) or message.fuzzy:
            yield f"{language}: not translated: {source!r}"
        elif any(set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(source)) for text in texts):
            yield f"{language}: unknown placeholder: {source!r}"


def _strings_in_code() -> set[tuple[str, str]]:
    """Collect what the code asks for, in a folder of links to it: a check must not write into the tree."""
    root = Path(settings.LOCALE_PATHS[0]).parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "locale").mkdir()
        for room in ROOMS:
            (folder / room).symlink_to(root / room)
        collect(folder, settings.LANGUAGE_CODE)
        path = folder / "locale" / settings.LANGUAGE_CODE / "LC_MESSAGES" / f"{DOMAIN}.po"
        return {_identity(message) for message in read_catalog(path) if message.id}


def collect(folder: Path, *languages: str) -> None:
    """Run gettext over the code below a folder, into its `locale`. Raises CommandError without gettext."""
    with contextlib.chdir(folder):
        call_command(
            "makemessages",
            locale=list(languages),
            ignore_patterns=["var", "tests", ".venv", "docs", "bench"],
            symlinks=True,
            no_location=True,
            no_wrap=True,
            no_obsolete=True,
            verbosity=0,
        )
