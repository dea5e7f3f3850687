"""The style sheet of every page, put together from a file for each component: a phone fetches one, not twenty-five."""

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = Path(__file__).parent / "static"
SITE = "groundswell/css/site.css"
COMPONENTS = (
    "art", "masthead", "search-field", "footer", "breadcrumbs", "button", "label", "field", "entry", "people", "prose",
    "facts", "detail", "listing", "table", "state", "pager", "accordion", "call",
)  # fmt: skip
# The first file names the layers in their order; utilities win over components.
PARTS = (
    *(f"groundswell/css/{name}.css" for name in ("reset", "tokens", "fonts", "base", "layout")),
    *(f"groundswell/css/components/{name}.css" for name in COMPONENTS),
    "groundswell/css/utilities.css",
)
ADDRESS = re.compile(r'url\("(\.[^"]+)"\)')


def site_styles() -> str:
    """Return the style sheet of every page. Addresses lead from where it lies to where the parts' own led."""
    return "\n".join(_moved(part, (FOLDER / part).read_text(encoding="utf-8")) for part in PARTS)


def _moved(part: str, text: str) -> str:
    def address(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(part), match[1]))
        return f'url("{posixpath.relpath(target, posixpath.dirname(SITE))}")'

    return ADDRESS.sub(address, text)


class SiteStylesFinder(BaseFinder):
    """Finds the one style sheet, which it writes anew whenever static files are looked through."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=Path(settings.VAR) / "styles")

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        """Return where the style sheet lies, [] for any other file."""
        found = self._written() if path == SITE else ""
        return [found] if found and find_all else found or []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the style sheet."""
        self._written()
        yield SITE, self.storage

    def _written(self) -> str:
        path, text = Path(self.storage.path(SITE)), site_styles()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Another process may be reading it at this moment.
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(path)
        return str(path)
