from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Place
from .querysets import PlaceQuerySet


class PlaceIndexView(IndexView):
    """The list of places, searched by the beginning of a name in any language."""

    def get_base_queryset(self) -> PlaceQuerySet:
        return super().get_base_queryset().defer("boundary")

    def search_queryset(self, queryset: PlaceQuerySet) -> PlaceQuerySet:
        return queryset.named(self.search_query) if self.is_searching else queryset


class PlaceViewSet(ModelViewSet):
    """Lets editors add places of their own and draw outlines. Source and box are not theirs to type."""

    model = Place
    icon = "site"
    menu_label = _("Places")
    add_to_settings_menu = True
    index_view_class = PlaceIndexView
    list_display = ["name", "kind", "country", "population", "source"]
    list_filter = ["kind", "source"]
    search_fields = ["name"]  # switches the search box on; PlaceIndexView does the searching
    inspect_view_enabled = False
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("names"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("country"), FieldPanel("population")]),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldPanel("parent"),
            MultiFieldPanel(
                [
                    FieldPanel("boundary", widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"})),
                    FieldPanel("boundary_source"),
                ],
                heading=_("Outline"),
            ),
        ]
    )


place_viewset = PlaceViewSet("places")
