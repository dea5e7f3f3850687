import hashlib
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from cms.media.pipeline import clean_image

from .corpus import CASES, METADATA, SECRET, Case, animated, encoded, jpeg_with, location_exif, picture, sixteen_bits
from .metadata import metadata_in

SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.(jpg|png|webp)")
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
REFUSED = [case for case in CASES if case.refused]
HARMLESS = [case for case in CASES if not case.refused]


def cleaned(data: bytes, name: str = "a.jpg") -> ContentFile:
    return clean_image(ContentFile(data, name=name), name=name)


def opened(data: bytes, name: str = "a.jpg") -> Image.Image:
    return Image.open(cleaned(data, name))


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_refuses_with_a_sentence(case: Case):
    with pytest.raises(ValidationError) as refusal:
        cleaned(case.make(), case.name)
    assert len(refusal.value.messages) == 1
    assert refusal.value.messages[0].endswith(".")


@pytest.mark.parametrize("case", HARMLESS, ids=str)
def test_makes_harmless(case: Case):
    result = cleaned(case.make(), case.name)
    data = result.read()
    image = Image.open(ContentFile(data))
    image.load()
    assert metadata_in(data) == []
    assert SECRET.encode() not in data
    assert b"<script" not in data
    assert b"<?php" not in data
    assert SAFE_NAME.fullmatch(result.name)
    assert result.name.endswith(f".{EXTENSIONS[image.format]}")
    assert image.mode in {"L", "RGB", "RGBA"}
    assert getattr(image, "n_frames", 1) == 1
    assert image.getexif() == {}


@pytest.mark.parametrize("case", [case for case in METADATA if case.name not in {"a.avif", "a.gif"}], ids=str)
def test_the_reader_sees_metadata_in_the_upload(case: Case):
    assert metadata_in(case.make())


def test_the_corpus_is_large_enough():
    assert len({case.key for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_same_pixels_give_same_bytes(kind: str):
    digests = {hashlib.sha256(cleaned(encoded(kind)).read()).hexdigest() for _ in range(3)}
    assert len(digests) == 1


def test_metadata_makes_no_difference_to_the_bytes():
    assert cleaned(encoded("JPEG", exif=location_exif())).read() == cleaned(encoded("JPEG")).read()


def test_clean_picture_is_not_encoded_again():
    first = cleaned(encoded("JPEG"))
    assert clean_image(first, name="other.png") is first


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("height", [64, 600])
def test_stands_upright(orientation: int, height: int):
    upright = picture(size=(90, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    # What the camera stored is the upright picture turned the other way round.
    stored = {
        1: upright,
        2: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: upright.transpose(Image.Transpose.ROTATE_180),
        4: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: upright.transpose(Image.Transpose.TRANSPOSE),
        6: upright.transpose(Image.Transpose.ROTATE_90),
        7: upright.transpose(Image.Transpose.TRANSVERSE),
        8: upright.transpose(Image.Transpose.ROTATE_270),
    }[orientation]
    result = opened(encoded("PNG", stored, exif=exif.tobytes()))
    assert result.size == upright.size
    assert result.tobytes() == upright.tobytes()


def test_png_pixels_survive_unchanged():
    original = picture("RGBA", size=(300, 700))
    original.putalpha(original.getchannel(0))
    assert opened(encoded("PNG", original)).tobytes() == original.tobytes()


def test_sixteen_bits_become_eight_without_clipping():
    result = opened(sixteen_bits())
    assert [result.getpixel((column, 0)) for column in (0, 32, 63)] == [0, 128, 251]


def test_transparent_colour_stays_transparent():
    image = picture("P")
    clear = image.getpixel((5, 5))
    result = opened(encoded("PNG", image, transparency=clear))
    assert result.mode == "RGBA"
    assert result.getpixel((5, 5))[3] == 0


def test_animation_keeps_its_first_frame():
    frame = Image.open(ContentFile(animated("GIF"))).convert("RGB")
    assert opened(animated("GIF")).convert("RGB").tobytes() == frame.tobytes()


def test_colours_of_another_profile_become_srgb():
    swapped = _profile_with_red_and_blue_swapped()
    result = opened(encoded("PNG", Image.new("RGB", (8, 8), (255, 0, 0)), icc_profile=swapped))
    red, _green, blue = result.getpixel((4, 4))
    assert blue > 200
    assert red < 60


def test_broken_profile_costs_only_the_colours():
    assert opened(encoded("PNG", icc_profile=b"no profile at all")).tobytes() == picture().tobytes()


def _profile_with_red_and_blue_swapped() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    # Its name says sRGB, and a profile of that name is not converted.
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Grüne Wiese.JPEG", "grune-wiese.jpg"),
        ("shell.php.jpg", "shell-php.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("a\\b\\c.png", "c.jpg"),
        (".htaccess", "image.jpg"),
        ("\x00\r\n", "image.jpg"),
        ("", "image.jpg"),
        ("-rf.jpg", "rf.jpg"),
        ("x" * 200 + ".jpg", "x" * 60 + ".jpg"),
    ],
)
def test_names(name: str, expected: str):
    assert cleaned(encoded("JPEG"), name).name == expected


def test_second_pass_hardly_touches_a_jpeg():
    first = cleaned(encoded("JPEG", picture(size=(400, 300)), quality=95)).read()
    second = cleaned(first).read()
    before, after = (Image.open(ContentFile(data)).tobytes() for data in (first, second))
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) <= 3


def test_progressive_jpeg_has_to_fit_into_memory(settings):
    wide = encoded("JPEG", Image.new("RGB", (5000, 4000)), progressive=True, subsampling=0)
    with pytest.raises(ValidationError):
        cleaned(wide)
    assert cleaned(encoded("JPEG", Image.new("RGB", (5000, 4000)), subsampling=0))


def test_limits_come_from_the_settings(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    with pytest.raises(ValidationError) as refusal:
        cleaned(encoded("PNG"))
    assert refusal.value.code == "file_too_many_pixels"
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    with pytest.raises(ValidationError) as refusal:
        cleaned(jpeg_with())
    assert refusal.value.code == "file_too_large"
