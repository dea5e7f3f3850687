import re
from collections import Counter
from xml.etree import ElementTree

import pytest

from cms.core.art import NO_SECTOR, art_slug, draw
from cms.core.art.contours import COLUMNS, ROWS, SEA, outlines
from cms.taxonomy.enums import Hue

TITLES = [f"Project number {number}" for number in range(40)]
# What only one motif draws.
MARKS = {
    "contours": "fill-rule",
    "strata": 'stroke-opacity="0.22"',
    "swell": 'stroke-opacity="0.75"',
    "terraces": 'stroke-opacity="0.35"',
    "field": "Q",
}
SVG = "{http://www.w3.org/2000/svg}"


def test_the_same_title_is_always_the_same_drawing():
    assert draw("Bring the brook back", "water") == draw("Bring the brook back", "water")


def test_a_title_and_its_slug_are_the_same_drawing():
    title = "Nachbarschaftswärmeplanung Kreuzviertel"
    assert draw(title, "energy") == draw(art_slug(title), "energy")


def test_other_titles_are_other_drawings():
    assert len({draw(title, None) for title in TITLES}) == len(TITLES)


def _motif(drawing):
    return next(name for name, mark in MARKS.items() if mark in drawing)


def test_every_motif_comes_up():
    assert {_motif(draw(title, None)) for title in TITLES} == set(MARKS)


def test_a_sector_favours_what_suits_it_without_being_uniform():
    motifs = Counter(_motif(draw(title, "water")) for title in TITLES)
    assert motifs.most_common(1)[0][0] == "swell"
    assert len(motifs) > 2


@pytest.mark.parametrize("hue", [None, "unheard-of", *Hue.values])
def test_a_drawing_is_flat_shapes_and_nothing_else(hue):
    for title in TITLES[:12]:
        drawing = draw(title, hue)
        root = ElementTree.fromstring(drawing)  # noqa: S314 - drawn by ourselves
        assert {element.tag for element in root.iter()} <= {f"{SVG}svg", f"{SVG}g", f"{SVG}path", f"{SVG}circle"}
        assert [element.get("id") for element in root.iter() if element.get("id")] == ["art"]
        assert "style" not in {name for element in root.iter() for name in element.attrib}
        assert "nan" not in drawing
        assert len(drawing) < 60_000


@pytest.mark.parametrize("title", ["Солнечная крыша", "风", "!!!"])
def test_titles_without_latin_letters_have_drawings_of_their_own(title):
    slug = art_slug(title)
    assert re.fullmatch(r"[0-9a-f]{12}", slug)
    assert art_slug(slug) == slug
    assert draw(title, None) == draw(slug, None) != draw("Some other title", None)


def test_very_long_titles_have_short_addresses():
    title = "An unreasonably long title about warmth " * 10
    assert len(art_slug(title)) <= 100
    assert art_slug(art_slug(title)) == art_slug(title)


def test_outlines_close_around_a_single_hill():
    heights = [[SEA] * COLUMNS for _ in range(ROWS)]
    heights[5][5] = 1.0
    (outline,) = outlines(heights, 0.0)
    assert len(outline) == 4


def test_no_sector_is_not_the_name_of_a_hue():
    assert NO_SECTOR not in Hue.values
