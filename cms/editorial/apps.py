from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from . import receivers  # noqa: F401 (connects them)
        from .localize import accept_forms, accept_sessions
        from .widgets import replace_inline_scripts

        accept_forms()
        accept_sessions()
        replace_inline_scripts()
