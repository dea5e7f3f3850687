from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from .querysets import PlaceQuerySet


class PlaceFilterForm(SearchFilterMixin, BaseFilterForm):
    """Searches our own index of names: Wagtail's search would write every city of the world into its tables."""

    def filter(self, objects: PlaceQuerySet) -> PlaceQuerySet:
        text = self.cleaned_data["q"].strip()
        if not text:
            return objects
        self.is_searching = True
        self.search_query = text
        return objects.named(text)


class PlaceListing:
    """What the chooser shows of a place, so that namesakes can be told apart."""

    filter_form_class = PlaceFilterForm

    def get_object_list(self) -> PlaceQuerySet:
        return super().get_object_list().defer("boundary")

    @property
    def columns(self) -> list[Any]:
        return [
            *super().columns,
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("country", label=_("Country")),
            Column("population", label=_("Population")),
        ]


class ChoosePlaceView(PlaceListing, ChooseView):
    pass


class ChoosePlaceResultsView(PlaceListing, ChooseResultsView):
    pass


class PlaceChooserViewSet(ChooserViewSet):
    model = "places.Place"
    icon = "site"
    choose_one_text = _("Choose a place")
    choose_another_text = _("Choose another place")
    edit_item_text = _("Edit this place")
    choose_view_class = ChoosePlaceView
    choose_results_view_class = ChoosePlaceResultsView


place_chooser_viewset = PlaceChooserViewSet("place_chooser")
