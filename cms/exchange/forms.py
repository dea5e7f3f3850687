from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.directory.enums import Kind

from .runs import MOST_BYTES

ENDINGS = (".csv", ".tsv", ".xlsx", ".json")


class ImportForm(forms.Form):
    """A file to import, and what its rows are where it does not say so itself."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX or JSON. The first row names the columns; «key», «title» and «summary» are needed."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    kind = forms.ChoiceField(
        label=_("What the rows are"),
        required=False,
        choices=[
            (Kind.PROJECT, Kind.PROJECT.label),
            (Kind.ORGANIZATION, Kind.ORGANIZATION.label),
            ("", _("The column «kind» says it")),
        ],
    )
    language = forms.ChoiceField(label=_("Language"), help_text=_("Of the rows that do not name one."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (locale.language_code, locale.get_display_name()) for locale in Locale.objects.order_by("pk")
        ]
        self.fields["language"].initial = settings.LANGUAGE_CODE

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large or of another kind before it is kept."""
        file = self.cleaned_data["file"]
        if not file.name.casefold().endswith(ENDINGS):
            raise forms.ValidationError(_("The file's name must end in .csv, .xlsx or .json."))
        if file.size > MOST_BYTES:
            message = _("This file is too big. The most we take is %(size)s.")
            raise forms.ValidationError(message % {"size": filesizeformat(MOST_BYTES)})
        return file
