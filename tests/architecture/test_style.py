"""The rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "home", "search", "platform_apps", "cms")
LONGEST_FILE = 500
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared"}
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
CODES = "|".join(code for code, _name in settings.LANGUAGES)
LANGUAGE_CODE = re.compile(rf"""(?<![\w.-])["'](?:{CODES})["']""")
# The settings name the languages; the demo and the samples of the style guide are written in two of them.
KNOWS_LANGUAGES = (
    "config/settings/",
    "home/demo/",
    "cms/core/styleguide.py",
    "cms/core/templates/core/styleguide.html",
)
AUTO_NAME = re.compile(r"^\d{4}_(auto_|alter_\w+_and_more|[a-z0-9_]*_and_more$)")


def sources(suffix: str = ".py", *, rooms: tuple[str, ...] = ROOMS) -> Iterator[tuple[str, Path]]:
    """Yield name from the root and path of every file of ours."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob(f"*{suffix}")):
            yield path.relative_to(ROOT).as_posix(), path


def test_files_are_named_by_their_subject() -> None:
    assert not [name for name, path in sources() if path.stem in NAMELESS or path.parent.name in NAMELESS]


def test_files_can_be_read_in_one_sitting() -> None:
    every = [*sources(rooms=(*ROOMS, "tests")), *sources(".html"), *sources(".js"), *sources(".css")]
    lengths = {name: len(path.read_text().splitlines()) for name, path in every}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def test_every_app_says_what_it_is_for() -> None:
    folders = [ROOT / app.replace(".", "/") for app in settings.INSTALLED_APPS if app.partition(".")[0] in ROOMS]
    silent = [
        str(folder) for folder in folders if not ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
    ]
    assert len(folders) > 10
    assert not silent


def test_the_architecture_mentions_every_app() -> None:
    text = "".join(path.read_text() for path in (ROOT / "docs").rglob("*.md"))
    ours = [app for app in settings.INSTALLED_APPS if app.partition(".")[0] in ROOMS]
    assert not [app for app in ours if app.rpartition(".")[2] not in text]


def test_migrations_say_what_they_change() -> None:
    names = [path.stem for _name, path in sources() if path.parent.name == "migrations" and path.stem != "__init__"]
    assert names
    assert not [name for name in names if AUTO_NAME.match(name)]


def test_templates_hold_no_style_and_no_script() -> None:
    found = []
    for name, path in sources(".html"):
        text = path.read_text()
        found += [f"{name}: {match[0].strip()}" for match in INLINE.finditer(text)]
        found += [f"{name}: inline script" for match in SCRIPT.finditer(text) if _runs(*match.groups())]
    assert not found


def _runs(attributes: str, content: str) -> bool:
    """A script from a file runs nothing of the page's; data is no script."""
    is_data = re.search(r"type=[\"']application/(ld\+)?json", attributes)
    return bool(content.strip()) and not is_data


def test_the_search_for_inline_code_finds_it() -> None:
    for text in ('<p style="x">', "<style>", '<a onclick="x()">', '<a href="javascript:x()">'):
        assert INLINE.search(text), text
    assert not INLINE.search('<p class="style" data-on="x" content="1">')
    assert _runs(*SCRIPT.search("<script>x()</script>").groups())
    assert not _runs(*SCRIPT.search('<script src="x.js" defer></script>').groups())


def test_no_code_knows_a_language() -> None:
    found = []
    for name, path in [*sources(), *sources(".html"), *sources(".js")]:
        if name.startswith(KNOWS_LANGUAGES) or "/migrations/" in name:
            continue
        lines = enumerate(path.read_text().splitlines(), 1)
        found += [f"{name}:{number}: {line.strip()}" for number, line in lines if LANGUAGE_CODE.search(line)]
    assert not found


def test_the_search_for_language_codes_finds_one() -> None:
    assert LANGUAGE_CODE.search('if language == "de":')
    assert LANGUAGE_CODE.search("override('en')")
    assert not LANGUAGE_CODE.search('"deny" or "den" or x.en')


def test_nothing_of_our_own_is_loaded_from_elsewhere() -> None:
    elsewhere = re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
    assert not [name for name, path in sources(".html") if elsewhere.search(path.read_text())]
