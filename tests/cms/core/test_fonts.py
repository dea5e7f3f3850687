import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from fontTools.ttLib import TTFont

from cms.core.fonts import COPYRIGHT, FONTS, LICENSE, SANS, SERIF, build_fonts

SAYS_A_NAME = (1, 3, 4, 6, 16)
READERS_NEED = "Łódź Ćilipi Œuvre ŵ “„‚’”– … € → CO₂ m² № ™ ≤"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    assert all(is_new for _font, _path, is_new in build_fonts(folder))
    return folder


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.name)
def test_subsets_carry_our_names_and_keep_the_license(font, folder):
    face = TTFont(folder / f"{font.name}.woff2")
    names = " ".join(str(face["name"].getDebugName(number)) for number in SAYS_A_NAME)
    assert font.family in names
    assert not re.search("source|adobe|manrope", names, re.IGNORECASE)
    assert "OFL" in face["name"].getDebugName(LICENSE) or "SIL" in face["name"].getDebugName(LICENSE)
    assert face["name"].getDebugName(COPYRIGHT)


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.name)
def test_subsets_are_small(font, folder):
    assert 10_000 < (folder / f"{font.name}.woff2").stat().st_size < 60_000


@pytest.mark.parametrize("font", [font for font in FONTS if font.style != "Italic"], ids=lambda font: font.name)
def test_subsets_have_the_letters_that_readers_need(font, folder):
    known = set(TTFont(folder / f"{font.name}.woff2").getBestCmap())
    assert {letter for letter in READERS_NEED if ord(letter) not in known} == set()


@pytest.mark.parametrize("name", ["serif-light", "serif-regular", "serif-semibold"])
def test_the_serif_has_small_capitals_and_both_kinds_of_figures(name, folder):
    face = TTFont(folder / f"{name}.woff2")
    features = {record.FeatureTag for record in face["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "c2sc", "lnum", "onum", "tnum"} <= features


def test_the_sans_stays_variable(folder):
    (axis,) = TTFont(folder / "sans-variable.woff2")["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 200, 800)


def test_what_is_there_is_left_alone(tmp_path):
    for font in FONTS:
        (tmp_path / f"{font.name}.woff2").write_bytes(b"mine")
    assert not any(is_new for _font, _path, is_new in build_fonts(tmp_path))
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"mine"}


def test_the_command_says_what_it_does(settings, tmp_path):
    settings.VAR = tmp_path
    out = StringIO()
    call_command("build_fonts", stdout=out)
    call_command("build_fonts", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.rpartition(", ")[2] for line in lines] == ["made"] * len(FONTS) + ["already there"] * len(FONTS)
    assert {path.name for path in (tmp_path / "fonts").iterdir()} == {f"{font.name}.woff2" for font in FONTS}


def test_the_stylesheet_names_the_same_files_and_families():
    css = Path(finders.find("groundswell/css/fonts.css")).read_text(encoding="utf-8")
    assert set(re.findall(r'url\("\.\./\.\./fonts/([\w-]+)\.woff2"\)', css)) == {font.name for font in FONTS}
    assert {SERIF, SANS} <= set(re.findall(r'font-family: "([^"]+)"', css))
