from io import BytesIO

import factory
from django.core.files.base import ContentFile
from PIL import Image as Picture

from cms.media.models import Document, Image


def image_file(name: str = "picture.png", size: tuple[int, int] = (64, 48), kind: str = "PNG") -> ContentFile:
    """Return a file with a plain picture of that size in pixels."""
    output = BytesIO()
    Picture.new("RGB", size, (40, 120, 60)).save(output, kind)
    return ContentFile(output.getvalue(), name=name)


def pdf_file(name: str = "report.pdf") -> ContentFile:
    """Return a file that begins as a PDF does."""
    return ContentFile(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", name=name)


class ImageFactory(factory.django.DjangoModelFactory):
    """A picture with words; `undescribed` has none."""

    class Meta:
        model = Image

    class Params:
        undescribed = factory.Trait(description="")

    title = factory.Sequence("Picture {}".format)
    description = factory.LazyAttribute(lambda image: f"{image.title}: a green field under a low sun")
    file = factory.LazyFunction(image_file)


class DocumentFactory(factory.django.DjangoModelFactory):
    """A PDF."""

    class Meta:
        model = Document

    title = factory.Sequence("Document {}".format)
    file = factory.LazyFunction(pdf_file)
