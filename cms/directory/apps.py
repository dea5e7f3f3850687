from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "cms.directory"
    label = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from . import receivers  # noqa: F401 (connects them)
        from .permissions import EntryPagePermissionPolicy

        register_permission_policy(Page, EntryPagePermissionPolicy(Page))
