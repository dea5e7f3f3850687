"""Choosers for entries of one kind, used wherever a page or a block links to another entry."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenResponseMixin,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from .models import Entry
from .permissions import entries_for_editor


class EntryFilterForm(SearchFilterMixin, BaseFilterForm):
    """Finds entries by their titles in the editor's language; Wagtail's own search knows nothing of entries."""

    def filter(self, objects: QuerySet[Entry]) -> QuerySet[Entry]:
        words = self.cleaned_data["q"].strip()
        if not words:
            return objects
        self.is_searching = True
        self.search_query = words
        return objects.filter(text_title__icontains=words)


class _EntryListMixin:
    """Lists entries by title in the editor's language, and finds them by title. Foreign drafts are not shown."""

    ordering = ["-last_activity_at"]
    filter_form_class = EntryFilterForm

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("state", label=_("State"), accessor="get_state_display"),
        ]

    def get_object_list(self) -> QuerySet[Entry]:
        return entries_for_editor(self.request.user).with_text(get_language())


class EntryChooseView(_EntryListMixin, ChooseView):
    pass


class EntryChooseResultsView(_EntryListMixin, ChooseResultsView):
    pass


class _ChosenEntryMixin(ChosenResponseMixin):
    """Answers only for what the list would show: ids can be guessed from anywhere on the site."""

    def _entries(self) -> QuerySet[Entry]:
        return entries_for_editor(self.request.user).with_text(get_language())


class EntryChosenView(_ChosenEntryMixin, ChosenView):
    def get_object(self, pk: str) -> Entry:
        try:
            return self._entries().get(pk=pk)
        except ValidationError as error:
            raise Entry.DoesNotExist from error


class EntryChosenMultipleView(_ChosenEntryMixin, ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[Entry]:
        try:
            return self._entries().filter(pk__in=pks)
        except ValidationError:
            return Entry.objects.none()


class EntryChooserWidget(BaseChooser):
    """Offers entries, of one kind only if it is given one."""

    def __init__(self, *, kind: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def get_chooser_modal_url(self) -> str:
        address = super().get_chooser_modal_url()
        return f"{address}?{urlencode({'kind': self.kind})}" if self.kind else address


class EntryChooserViewSet(ChooserViewSet):
    """A chooser over entries. A field that is limited to one kind by `limit_choices_to` gets a list of that kind."""

    model = Entry
    icon = "doc-full"
    choose_one_text = _("Choose an entry")
    choose_another_text = _("Choose another entry")
    choose_view_class = EntryChooseView
    choose_results_view_class = EntryChooseResultsView
    chosen_view_class = EntryChosenView
    chosen_multiple_view_class = EntryChosenMultipleView
    url_filter_parameters = ["kind"]
    preserve_url_parameters = ["multiple", "kind"]
    base_widget_class = EntryChooserWidget
    register_widget = False  # by on_register, field by field
    per_page = 20
    permission_policy: Any = None

    def on_register(self) -> None:
        super().on_register()
        register_form_field_override(ForeignKey, to=Entry, override=self._widget_for)

    def _widget_for(self, field: ForeignKey) -> dict[str, Any]:
        limits = field.get_limit_choices_to()
        kind = limits.get("kind", "") if isinstance(limits, dict) else ""
        return {"widget": self.widget_class(kind=str(kind))}


entry_chooser_viewset = EntryChooserViewSet("entry_chooser")
