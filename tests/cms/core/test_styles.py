"""One style sheet for all pages, made of a file for each component."""

import posixpath
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from cms.core import styles
from cms.core.styles import FOLDER, PARTS, SITE, SiteStylesFinder, site_styles

RULE = re.compile(r"\s+")


def test_it_holds_every_part_in_order() -> None:
    whole = RULE.sub(" ", site_styles())
    begins = [whole.index(RULE.sub(" ", (FOLDER / part).read_text()[:60])) for part in PARTS]
    assert begins == sorted(begins)
    assert len(PARTS) > 20


def test_its_addresses_lead_to_files() -> None:
    addresses = re.findall(r'url\("(\.[^"]+)"\)', site_styles())
    assert len(addresses) > 4
    for address in addresses:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(SITE), address))
        assert finders.find(target), address


def test_it_is_found_and_listed_like_any_file(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    finder = SiteStylesFinder()
    assert finder.find("groundswell/css/base.css") == []
    assert Path(finder.find(SITE)).read_text() == site_styles()
    assert finder.find(SITE, find_all=True) == [finder.find(SITE)]
    [(path, storage)] = finder.list([])
    assert storage.open(path).read().decode() == site_styles()


def test_a_change_of_a_part_is_in_it_at_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    finder = SiteStylesFinder()
    monkeypatch.setattr(styles, "site_styles", lambda: "a { color: red; }")
    assert Path(finder.find(SITE)).read_text() == "a { color: red; }"
    monkeypatch.setattr(styles, "site_styles", lambda: "a { color: blue; }")
    assert Path(finder.find(SITE)).read_text() == "a { color: blue; }"
