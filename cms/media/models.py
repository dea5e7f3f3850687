import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtail.images.models import Image as WagtailImage

from .fields import CleanDocumentField, CleanImageField


class Image(AbstractImage):
    """A picture with its words: what it shows (for those who can't see it) and whose it is."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = CleanImageField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("Who made the picture, as it should be printed beside it.")
    )

    # Wagtail's own Image, which stays installed, already answers to the default names on Tag and User.
    tags = TaggableManager(_("tags"), help_text=None, blank=True, related_name="media_images")

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        default_related_name = "media_images"
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    """One size of a picture, made once."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_size_and_focus"
            ),
        ]


class Document(AbstractDocument):
    """A file to download."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = CleanDocumentField(_("file"), upload_to="documents")

    tags = TaggableManager(_("tags"), help_text=None, blank=True, related_name="media_documents")

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        default_related_name = "media_documents"
        permissions = [("choose_document", "Can choose document")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises ValidationError for a refused file before the transaction, which can then go on without it."""
        self.file.check()
        super().save(*args, **kwargs)
