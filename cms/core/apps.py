from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "cms_core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from . import receivers  # noqa: F401 (connects them)
