"""The check of the catalogues finds what it is for. Each test breaks a good catalogue in one way."""

from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from django.core.management import CommandError, call_command

from cms.core import messages

SOURCE, OTHER = "en", "de"
WANTED = {"Hub": "Hub", "Open %(name)s": "%(name)s öffnen", "{number} of {total}": "{number} von {total}"}


@pytest.fixture
def catalogs(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with complete catalogues; the code asks for exactly what they hold."""
    settings.LOCALE_PATHS = [tmp_path]
    monkeypatch.setattr(messages, "_strings_in_code", lambda: {("", text) for text in WANTED})
    save(tmp_path, SOURCE, dict.fromkeys(WANTED, ""))
    save(tmp_path, OTHER, WANTED)
    return tmp_path


def save(folder: Path, language: str, texts: dict[str, str], *, fuzzy: str = "") -> Path:
    catalog = Catalog(locale=language)
    for text, translation in texts.items():
        catalog.add(text, translation, flags=["fuzzy"] if text == fuzzy else [])
    path = folder / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog)
    return path


def test_complete_catalogues_have_no_problem(catalogs: Path) -> None:
    assert not list(messages.problems())
    call_command("check_messages")


@pytest.mark.parametrize(
    ("texts", "fuzzy", "complaint"),
    [
        ({"Hub": "Hub", "Open %(name)s": "%(name)s öffnen"}, "", "de: missing: '{number} of {total}'"),
        (WANTED | {"Old": "Alt"}, "", "de: no longer used: 'Old'"),
        (WANTED | {"Hub": ""}, "", "de: not translated: 'Hub'"),
        (WANTED, "Hub", "de: not translated: 'Hub'"),
        (WANTED | {"Open %(name)s": "%(nmae)s öffnen"}, "", "de: unknown placeholder: 'Open %(name)s'"),
        (WANTED | {"{number} of {total}": "{zahl} von {total}"}, "", "de: unknown placeholder: '{number} of {total}'"),
    ],
)
def test_a_broken_catalogue_is_found(catalogs: Path, texts: dict[str, str], fuzzy: str, complaint: str) -> None:
    save(catalogs, OTHER, texts, fuzzy=fuzzy)
    assert list(messages.problems()) == [complaint]
    with pytest.raises(CommandError):
        call_command("check_messages")


def test_compiling_writes_what_is_newer_and_nothing_else(catalogs: Path) -> None:
    assert messages.compile_catalogs() == 2
    assert messages.compile_catalogs() == 0
    assert (catalogs / OTHER / "LC_MESSAGES" / "django.mo").stat().st_size > 0
