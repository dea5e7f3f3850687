"""Our web fonts: subsets of Source Serif Pro and Manrope, made on the machine that serves them, never committed.

Both are under the SIL Open Font License. It reserves the names to the originals: the
subsets carry names of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Latin to Latin Extended-A, the letters of Romanian and Welsh, punctuation, super- and subscripts, arrows, signs.
CHARACTERS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x1E80, 0x1E85),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x2070, 0x208E),
    (0x20AC, 0x20AC),
    (0x2116, 0x2122),
    (0x2190, 0x2199),
    (0x2212, 0x2212),
    (0x2264, 0x2265),
)
FEATURES = (
    "kern", "liga", "locl", "mark", "mkmk", "ccmp",
    "smcp", "c2sc", "lnum", "onum", "tnum", "pnum", "sups", "subs",
)  # fmt: skip

# Name table records (OpenType `name` ids) that say what a font is called.
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, TYPE_FAMILY, TYPE_STYLE, VARIATIONS_PREFIX = 1, 2, 3, 4, 6, 16, 17, 25
COPYRIGHT, LICENSE, LICENSE_URL = 0, 13, 14
KEPT_NAMES = [COPYRIGHT, LICENSE, LICENSE_URL]


@dataclass(frozen=True)
class Font:
    """One file to make: where it comes from, what it is called, and its file name without ending."""

    name: str
    package: str
    source: str
    family: str
    style: str


SERIF = "Ground Serif"
SANS = "Ground Sans"
FONTS = (
    Font("serif-light", "font_source_serif_pro", "SourceSerifPro-Light.ttf", SERIF, "Light"),
    Font("serif-regular", "font_source_serif_pro", "SourceSerifPro-Regular.ttf", SERIF, "Regular"),
    Font("serif-italic", "font_source_serif_pro", "SourceSerifPro-It.ttf", SERIF, "Italic"),
    Font("serif-semibold", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf", SERIF, "Semibold"),
    Font("sans-variable", "font_manrope", "Manrope-VariableFont_wght.ttf", SANS, "Regular"),
)


def has_fonts(folder: Path) -> bool:
    """Return whether the folder holds every font."""
    return all(_file(folder, font).exists() for font in FONTS)


def build_fonts(folder: Path, *, again: bool = False) -> Iterator[tuple[Font, Path, bool]]:
    """Make every font that the folder lacks, or all of them `again`.

    Yields the font, its file and whether it was made just now, one by one as they are ready.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for font in FONTS:
        target = _file(folder, font)
        is_missing = again or not target.exists()
        if is_missing:
            build_font(font, target)
        yield font, target, is_missing


def _file(folder: Path, font: Font) -> Path:
    return folder / f"{font.name}.woff2"


def build_font(font: Font, target: Path) -> None:
    """Write the subset of one font as woff2. Raises FileNotFoundError when its package lacks the source file."""
    source = resources.files(font.package) / "files" / font.source
    with resources.as_file(source) as path, TTFont(path, lazy=True) as face:
        _cut(face)
        _rename(face, font)
        face.flavor = "woff2"
        # Written beside and moved: a second process never serves half a font.
        unfinished = target.with_suffix(".part")
        face.save(unfinished)
    unfinished.replace(target)


def _cut(face: TTFont) -> None:
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)])
    subsetter.subset(face)


def _rename(face: TTFont, font: Font) -> None:
    names = face["name"]
    needed = set(KEPT_NAMES) | _axis_names(face)
    names.names = [record for record in names.names if record.nameID in needed]
    postscript = f"{font.family}-{font.style}".replace(" ", "")
    for number, text in {
        FAMILY: font.family if font.style in {"Regular", "Italic"} else f"{font.family} {font.style}",
        STYLE: font.style if font.style in {"Regular", "Italic"} else "Regular",
        UNIQUE: postscript,
        FULL: f"{font.family} {font.style}",
        POSTSCRIPT: postscript,
        TYPE_FAMILY: font.family,
        TYPE_STYLE: font.style,
        VARIATIONS_PREFIX: font.family.replace(" ", ""),
    }.items():
        names.setName(text, number, platformID=3, platEncID=1, langID=0x409)


def _axis_names(face: TTFont) -> set[int]:
    """Return the name ids that a variable font's axes and instances point at."""
    if "fvar" not in face:
        return set()
    axes = {axis.axisNameID for axis in face["fvar"].axes}
    instances = {instance.subfamilyNameID for instance in face["fvar"].instances}
    styles = {value.ValueNameID for value in face["STAT"].table.AxisValueArray.AxisValue} if "STAT" in face else set()
    designs = {axis.AxisNameID for axis in face["STAT"].table.DesignAxisRecord.Axis} if "STAT" in face else set()
    return (axes | instances | styles | designs) - {FAMILY, STYLE}
