"""Valid files, damaged at random: whatever comes out, it is a clean picture or a ValidationError."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from hypothesis import given, settings
from hypothesis import strategies as some

from cms.media.documents import clean_document
from cms.media.pipeline import clean_image

from .corpus import animated, encoded, location_exif, other_colours, picture, sixteen_bits, xmp_packet
from .metadata import metadata_in
from .test_documents import ACCEPTED

SMALL = picture(size=(24, 16))
PICTURES = [
    encoded("JPEG", SMALL, exif=location_exif(6), xmp=xmp_packet(), comment=b"hello"),
    encoded("JPEG", SMALL.convert("CMYK"), icc_profile=other_colours()),
    encoded("JPEG", SMALL, progressive=True),
    encoded("PNG", SMALL, exif=location_exif(3), icc_profile=other_colours()),
    encoded("PNG", SMALL.convert("P"), transparency=2),
    sixteen_bits(),
    animated("PNG"),
    animated("GIF"),
    animated("WEBP"),
    animated("MPO"),
    encoded("WEBP", SMALL.convert("RGBA"), lossless=True),
    encoded("WEBP", SMALL, exif=location_exif(5), xmp=xmp_packet()),
    encoded("AVIF", SMALL, exif=location_exif(8)),
]
DOCUMENTS = [(name, make()) for name, make in ACCEPTED.items()]


@some.composite
def damaged(draw: some.DrawFn, original: bytes) -> bytes:
    """Return the file with some bytes changed, perhaps a piece put in, perhaps its end gone."""
    data = bytearray(original)
    # Headers are where it hurts: half of the changes go into the first bytes.
    place = some.one_of(some.integers(0, min(120, len(data) - 1)), some.integers(0, len(data) - 1))
    for position, value in draw(some.lists(some.tuples(place, some.integers(0, 255)), max_size=12)):
        data[position] = value
    if draw(some.booleans()):
        position = draw(place)
        data[position:position] = draw(some.binary(max_size=16))
    return bytes(data[: draw(some.one_of(some.just(len(data)), some.integers(0, len(data))))])


def outcome(clean: Callable[..., File], data: bytes, name: str) -> bytes | None:
    """Return the bytes that would be stored, None when they are refused. Whatever else is raised is the finding."""
    try:
        return clean(ContentFile(data, name=name), name=name).read()
    except ValidationError:
        return None


@settings(max_examples=400, deadline=None)
@given(data=some.sampled_from(PICTURES).flatmap(damaged), name=some.text(max_size=120))
def test_damaged_pictures(data: bytes, name: str):
    result = outcome(clean_image, data, name)
    assert result is None or metadata_in(result) == []


@settings(max_examples=150, deadline=None)
@given(document=some.sampled_from(DOCUMENTS), choices=some.data())
def test_damaged_documents(document: tuple[str, bytes], choices: some.DataObject):
    name, data = document
    outcome(clean_document, choices.draw(damaged(data)), name)


@settings(max_examples=100, deadline=None)
@given(data=some.binary(max_size=400))
def test_noise_is_no_picture(data: bytes):
    assert outcome(clean_image, data, "a.jpg") is None


def test_the_undamaged_files_are_accepted():
    assert all(outcome(clean_image, data, "a.jpg") for data in PICTURES)
    assert all(outcome(clean_document, data, name) for name, data in DOCUMENTS)
