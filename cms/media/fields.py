"""The last door before storage: model fields that clean whatever is given to them, from form, API, import or code."""

from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from .documents import clean_document
from .pipeline import clean_image


class CleanImageFieldFile(WagtailImageFieldFile):
    """A picture that passes the pipeline before it is measured or stored."""

    def save(self, name: str | None, content: File, save: bool = True) -> None:  # noqa: FBT001, FBT002 - as Django's
        """Store the cleaned picture. Raises ValidationError, with nothing stored, when it is refused."""
        content = clean_image(content, name=name or "")
        super().save(content.name or "", content, save)

    def get_image_dimensions(self) -> tuple[int, int]:
        # Django measures a picture as soon as it is assigned, and Willow's decoder is not made for hostile files.
        if not self._committed:
            self.file = clean_image(self.file, name=self.name or "")  # type: ignore[has-type]  # Wagtail has no types
            self.name = self.file.name
        return super().get_image_dimensions()


class CleanImageField(WagtailImageField):
    """Wagtail's image field, cleaning."""

    attr_class = CleanImageFieldFile


class CleanDocumentFieldFile(FieldFile):
    """A document that is checked before it is stored."""

    def save(self, name: str | None, content: File, save: bool = True) -> None:  # noqa: FBT001, FBT002 - as Django's
        """Store the checked document. Raises ValidationError, with nothing stored, when it is refused."""
        content = clean_document(content, name=name or "")
        super().save(content.name or "", content, save)

    def check(self) -> None:
        """Check a document that was given but isn't stored yet. Raises ValidationError when it is refused."""
        if self and not self._committed:
            self.file = clean_document(self.file, name=self.name or "")
            self.name = self.file.name


class CleanDocumentField(models.FileField):
    """Django's file field, checking."""

    attr_class = CleanDocumentFieldFile
