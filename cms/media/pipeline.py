"""What becomes of an uploaded picture. Every door leads through `clean_image`: fields of forms and models see to it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .names import safe_name
from .pixels import plain_pixels

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

QUALITY = 90
WORKING_MEMORY = 128 * 1024 * 1024  # bytes that decoding one picture may take


@dataclass(frozen=True)
class Kind:
    """One kind of picture we take: what it is stored as, and the bytes of memory its decoder needs for a pixel."""

    extension: str
    options: dict[str, Any]
    bytes_per_pixel: int = 4


AS_JPEG = {"format": "JPEG", "quality": QUALITY}
AS_PNG = {"format": "PNG", "compress_level": 4}  # 6, the default, takes twice the time for a tenth of the bytes
AS_WEBP = {"format": "WEBP", "quality": QUALITY}

# Only the first frame of an animation is kept, so a GIF has nothing over a PNG. AVIF is decoded everywhere but its
# encoder needs hundreds of megabytes and seconds. The decoders of the two hold a picture about four times (measured).
KINDS = {
    "JPEG": Kind("jpg", AS_JPEG),
    "MPO": Kind("jpg", AS_JPEG),  # what many cameras write into a .jpg: a JPEG with more pictures behind it
    "PNG": Kind("png", AS_PNG),
    "GIF": Kind("png", AS_PNG),
    "WEBP": Kind("webp", AS_WEBP, bytes_per_pixel=16),
    "AVIF": Kind("webp", AS_WEBP, bytes_per_pixel=16),
}
DECODERS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]


class CleanImage(ContentFile):
    """A picture that came out of the pipeline; its type is the proof, so nothing is cleaned twice."""


def clean_image(file: File, *, name: str) -> ContentFile:
    """Return the picture in `file` re-encoded: pixels only, upright, sRGB, under a harmless name.

    The same pixels give the same bytes. A file that is clean already is returned as it is. Raises ValidationError with
    a sentence for people when it is too large, too many pixels, damaged, or no picture of a kind we take.
    """
    if isinstance(file, CleanImage):
        return file
    kind, content = _decoded(file, _recode)
    return CleanImage(content, name=safe_name(name, extension=kind.extension, fallback="image"))


def square_image(file: File, *, name: str, side: int) -> CleanImage:
    """Return the middle of the picture in `file` as a WebP of `side` pixels each way, made as clean as any other.

    Raises ValidationError as `clean_image` does.
    """
    content = _decoded(file, lambda data: _square(data, side))
    return CleanImage(content, name=safe_name(name, extension="webp", fallback="image"))


def _decoded(file: File, decode: Callable[[bytes], Result]) -> Result:
    """Return what `decode` makes of the bytes of a file. Raises ValidationError, whatever decoding raised."""
    data = read_limited(file, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    try:
        return decode(data)
    except ValidationError:
        raise
    except Exception as error:  # bytes made to confuse make decoders raise anything; all of it means «not a picture»
        logger.info("Picture refused by its decoder: %r", error)
        raise _not_an_image() from error


def read_limited(file: File, limit: int) -> bytes:
    """Return the bytes of `file`, at most `limit` of them. Raises ValidationError when it is empty or holds more."""
    file.seek(0)
    data = file.read(limit + 1)
    if len(data) > limit:
        message = _("This file is too big. The most we take is %(size)s.")
        raise ValidationError(message % {"size": filesizeformat(limit)}, code="file_too_large")
    if not data:
        raise ValidationError(_("This file is empty."), code="empty")
    return data


def _recode(data: bytes) -> tuple[Kind, bytes]:
    kind, picture = _plain_picture(data)
    return kind, _written(picture, kind.options)


def _square(data: bytes, side: int) -> bytes:
    _kind, picture = _plain_picture(data)
    shape = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    return _written(shape if shape.mode == "RGBA" else shape.convert("RGB"), AS_WEBP)


def _plain_picture(data: bytes) -> tuple[Kind, Image.Image]:
    image = Image.open(BytesIO(data), formats=DECODERS)
    kind = KINDS[image.format or ""]
    _check_pixels(image, kind)
    return kind, plain_pixels(image)


def _written(picture: Image.Image, options: dict[str, Any]) -> bytes:
    output = BytesIO()
    picture.save(output, **options)
    return output.getvalue()


def _check_pixels(image: Image.Image, kind: Kind) -> None:
    """Raise ValidationError when the size in the picture's header is more than we decode."""
    width, height = image.size
    most = min(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS, WORKING_MEMORY / _bytes_per_pixel(image, kind))
    if width * height > most:
        message = _(
            "This picture is %(width)s by %(height)s pixels. The most we take of this kind is %(most)s megapixels: "
            "please make it smaller."
        )
        values = {"width": width, "height": height, "most": round(most / 1_000_000, 1)}
        raise ValidationError(message % values, code="file_too_many_pixels")


def _bytes_per_pixel(image: Image.Image, kind: Kind) -> float:
    """Return what a decoder needs for one pixel; for a progressive JPEG the coefficients of all scans come on top."""
    if not image.info.get("progressive"):
        return kind.bytes_per_pixel
    samples = [across * down for _id, across, down, _table in image.layer]
    return kind.bytes_per_pixel + 2 * sum(samples) / max(samples)


def _not_an_image() -> ValidationError:
    message = _("This is not a picture we can read: it is damaged, or it is not a %(kinds)s file.")
    kinds = ", ".join(extension.upper() for extension in settings.WAGTAILIMAGES_EXTENSIONS)
    return ValidationError(message % {"kinds": kinds}, code="invalid_image")
