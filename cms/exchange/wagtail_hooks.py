"""Registration only: the pages of importing and their line in the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import can_import
from .views import ReportView, RunView, UploadView


class ImportMenuItem(MenuItem):
    """Shown to whoever may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_import(request.user)


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern]:
    return [
        path("import/", UploadView.as_view(), name="exchange_upload"),
        path("import/<uuid:run_id>/", RunView.as_view(), name="exchange_run"),
        path("import/<uuid:run_id>/report/", ReportView.as_view(), name="exchange_report"),
    ]


@hooks.register("register_admin_menu_item")
def register_import_menu_item() -> ImportMenuItem:
    return ImportMenuItem(_("Import"), reverse("exchange_upload"), name="import", icon_name="upload", order=260)
