"""The guard before storage, for whatever does not come through a form."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from cms.media import pipeline
from cms.media.models import Document, Image
from tests.factories.media import DocumentFactory, ImageFactory, image_file

from .corpus import SECRET, cut, encoded, location_exif, svg
from .metadata import metadata_in

pytestmark = pytest.mark.django_db
LOCATED = encoded("JPEG", exif=location_exif(6))


def located(name: str = "../a.php.jpeg") -> ContentFile:
    return ContentFile(LOCATED, name=name)


def stored_bytes(image: Image) -> bytes:
    with image.file.open("rb") as file:
        return file.read()


def create() -> Image:
    return Image.objects.create(title="Tree", file=located())


def bulk_create() -> Image:
    return Image.objects.bulk_create([Image(title="Tree", file=located())])[0]


def assign_later() -> Image:
    image = Image(title="Tree")
    image.file = located()
    image.save()
    return image


def save_by_field() -> Image:
    image = Image(title="Tree")
    image.file.save("../a.php.jpeg", located(), save=True)
    return image


@pytest.mark.parametrize("door", [create, bulk_create, assign_later, save_by_field])
def test_code_stores_clean_pictures(door):
    image = Image.objects.get(pk=door().pk)
    assert metadata_in(stored_bytes(image)) == []
    assert SECRET.encode() not in stored_bytes(image)
    assert image.file.name == "original_images/a-php.jpg"
    assert (image.width, image.height) == (64, 96)


@pytest.mark.parametrize("data", [cut(LOCATED), svg(), b"", b"<?php"])
def test_code_stores_nothing_when_refused(stored, data: bytes):
    with pytest.raises(ValidationError):
        Image.objects.create(title="Tree", file=ContentFile(data, name="a.jpg"))
    with pytest.raises(ValidationError):
        Image(title="Tree").file.save("a.jpg", ContentFile(data))
    assert not stored()
    assert not Image.objects.exists()


def test_a_picture_is_encoded_once(monkeypatch):
    names = []
    recode = pipeline._recode
    monkeypatch.setattr(pipeline, "_recode", lambda data: names.append(len(data)) or recode(data))
    image = create()
    assert len(names) == 1
    image.title = "Oak"
    image.save()
    Image.objects.get(pk=image.pk).save()
    assert len(names) == 1


def test_a_failed_replacement_leaves_the_old_file(stored):
    image = ImageFactory()
    before = stored_bytes(image)
    with pytest.raises(ValidationError):
        image.file = ContentFile(cut(LOCATED), name="a.jpg")
    assert stored_bytes(Image.objects.get(pk=image.pk)) == before
    assert len(stored()) == 1


@pytest.mark.parametrize("spec", ["original", "fill-32x32", "width-20|format-webp", "max-30x30|format-png"])
def test_renditions_carry_no_metadata(spec: str):
    rendition = create().get_rendition(spec)
    with rendition.file.open("rb") as file:
        assert metadata_in(file.read()) == []


def test_documents_are_checked(stored):
    page = ContentFile(b"<html></html>", name="a.pdf")
    with pytest.raises(ValidationError):
        Document.objects.create(title="Page", file=page)
    with pytest.raises(ValidationError):
        Document(title="Page").file.save("a.pdf", page)
    assert not stored()
    # The refusal came before the transaction: an import goes on with the next file.
    assert DocumentFactory().file.name == "documents/report.pdf"


def test_tags_of_ours_and_of_wagtails_models_do_not_clash():
    image = ImageFactory(file=image_file("b.png"))
    image.tags.add("trees")
    assert Image.objects.get(tags__name="trees") == image
    assert image.tags.get().name == "trees"
