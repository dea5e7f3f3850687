"""Promoted results in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Promotion


class PromotionViewSet(SnippetViewSet):
    """What editors put first for a phrase: by phrase, in the order of the results."""

    model = Promotion
    icon = "pick"
    menu_label = _("Promoted results")
    menu_name = "promoted-results"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["phrase", Column("locale", label=_("Language")), "position"]
    list_filter = ["locale"]
    search_fields = ["phrase", "title"]
    ordering = ["phrase", "position"]

    def get_queryset(self, request: object) -> object:
        return self.model.objects.select_related("locale")
