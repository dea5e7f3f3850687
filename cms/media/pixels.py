"""From whatever a decoder hands out to plain pixels: upright, sRGB, eight bits, without a word about their origin."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO

from PIL import ExifTags, Image, ImageCms

STRIP_ROWS = 256
SPOOL_MEMORY = 8 * 1024 * 1024  # bytes; more goes to a temporary file

# Which way a picture with this EXIF orientation is turned to stand upright (the same table as ImageOps.exif_transpose).
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LAST_ROW_FIRST = {3, 4, 6, 7}
ROWS_TO_COLUMNS = {5, 6, 7, 8}
GREY_MODES = {"1", "L", "I", "F", "I;16", "I;16B", "I;16L", "I;16N"}

Convert = Callable[[Image.Image], Image.Image]


@dataclass(frozen=True)
class Strip:
    """A band of finished pixels in the spool: its size, where its upper left corner goes, and its length in bytes."""

    size: tuple[int, int]
    corner: tuple[int, int]
    bytes_length: int


def plain_pixels(image: Image.Image) -> Image.Image:
    """Return a new picture with the pixels of an opened one and nothing else; the opened one is closed.

    Works in strips over a temporary file: a turned or converted copy beside the decoded picture would double the
    memory, and a 25 megapixel picture already takes 100 MB. Raises whatever the decoder raises.
    """
    with SpooledTemporaryFile(max_size=SPOOL_MEMORY) as spool:
        image.load()
        mode, convert = _conversion(image)
        orientation = _orientation(image)
        size = image.size[::-1] if orientation in ROWS_TO_COLUMNS else image.size
        strips = list(_write_strips(image, spool, convert, orientation))
        _free(image)
        spool.seek(0)
        return _read_strips(spool, mode, size, strips)


def _free(image: Image.Image) -> None:
    """Let go of the decoded pixels, and of a decoder that outlives them: WebP's and AVIF's keep whole canvases."""
    image.close()  # leaving a `with` block would close the file only
    if hasattr(image, "_decoder"):
        image._decoder = None  # Pillow has no public way, and the caller still holds the picture


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 when there is none or it can't be read: a picture is not refused for its EXIF."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # noqa: BLE001 - broken EXIF and XMP make the parsers raise anything
        return 1
    return orientation if orientation in TURNS else 1


def _conversion(image: Image.Image) -> tuple[str, Convert]:
    """Return the mode the picture ends in and the function that brings a strip of it there."""
    transparent = image.mode in {"RGBA", "RGBa", "LA", "La", "PA"} or "transparency" in image.info
    if image.mode in GREY_MODES and not (transparent and image.mode in {"1", "L"}):
        return "L", _from_sixteen_bits if image.mode.startswith("I") else _to_mode("L")
    mode = "RGBA" if transparent else "RGB"
    return mode, _from_profile(image, mode) or _to_mode(mode)


def _to_mode(mode: str) -> Convert:
    return lambda strip: strip if strip.mode == mode else strip.convert(mode)


def _from_sixteen_bits(strip: Image.Image) -> Image.Image:
    # Pillow clips at 255 when it converts 16 bits to 8: everything but the darkest shadows would turn white.
    return strip.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")


def _from_profile(image: Image.Image, mode: str) -> Convert | None:
    """Return the conversion from the picture's own colour profile to sRGB, None without a usable one."""
    profile = image.info.get("icc_profile")
    if not profile:
        return None
    source_mode = "CMYK" if image.mode == "CMYK" else mode
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return None
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), source_mode, mode)
    except Exception:  # noqa: BLE001 - a broken profile costs its colours, not the picture
        return None
    to_source = _to_mode(source_mode)
    return lambda strip: transform.apply(to_source(strip))


def _write_strips(image: Image.Image, spool: IO[bytes], convert: Convert, orientation: int) -> Iterator[Strip]:
    """Write the picture strip by strip, converted and turned; yield where each strip belongs."""
    width, height = image.size
    for top in range(0, height, STRIP_ROWS):
        bottom = min(top + STRIP_ROWS, height)
        strip = convert(image.crop((0, top, width, bottom)))
        if orientation in TURNS:
            strip = strip.transpose(TURNS[orientation])
        along = height - bottom if orientation in LAST_ROW_FIRST else top
        corner = (along, 0) if orientation in ROWS_TO_COLUMNS else (0, along)
        yield Strip(strip.size, corner, spool.write(strip.tobytes()))


def _read_strips(spool: IO[bytes], mode: str, size: tuple[int, int], strips: list[Strip]) -> Image.Image:
    picture = Image.new(mode, size)
    for strip in strips:
        picture.paste(Image.frombytes(mode, strip.size, spool.read(strip.bytes_length)), strip.corner)
    return picture
