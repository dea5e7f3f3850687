"""The upload forms of the Wagtail admin and of Wagtail's API: a refused file is an error beside the field."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .documents import clean_document
from .pipeline import clean_image

ALT_TEXT_HELP = _(
    "Say in one sentence what the picture shows and why it is here, for people who can't see it: «Five neighbours "
    "plant a lime tree in the school yard». No «picture of», no file name, no credit."
)


class ImageUploadField(WagtailImageField):
    """Wagtail's field with our pipeline in place of its checks, which don't survive hostile files."""

    def to_python(self, data: UploadedFile | None) -> ContentFile | None:
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        return _take(upload, clean_image(upload, name=upload.name or ""))


class DocumentUploadField(WagtailDocumentField):
    """Wagtail's field with our check."""

    def to_python(self, data: UploadedFile | None) -> ContentFile | None:
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        return _take(upload, clean_document(upload, name=upload.name or ""))


def _take(upload: File, clean: ContentFile) -> ContentFile:
    """Put the clean content into the upload as well, and return it.

    When another field is missing, Wagtail's multiple upload parks the request's own file until the form is complete.
    """
    upload.seek(0)
    upload.truncate()
    upload.write(clean.read())
    upload.seek(0)
    clean.seek(0)
    upload.name, upload.size = clean.name, clean.size
    return clean


def _replace_file_field(form: forms.ModelForm, field_class: type[forms.FileField]) -> None:
    """Give the form our file field, if it has one; Wagtail's form factory insists on its own class."""
    field = form.fields.get("file")
    if field is not None:
        form.fields["file"] = field_class(label=field.label, required=field.required, widget=field.widget)


class ImageForm(BaseImageForm):
    """Every form that makes or edits a picture. A new one can't do without words for those who don't see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _replace_file_field(self, ImageUploadField)
        description = self.fields.get("description")
        if description is not None:
            description.label = _("Alternative text")
            description.help_text = ALT_TEXT_HELP
            # A picture that came without words by import can be edited without them; words once given stay.
            description.required = self.instance._state.adding or bool(self.instance.description)


class DocumentForm(BaseDocumentForm):
    """Every form that makes or edits a document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _replace_file_field(self, DocumentUploadField)
