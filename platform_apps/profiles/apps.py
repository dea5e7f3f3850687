from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    name = "platform_apps.profiles"
    label = "profiles"
    verbose_name = _("Profiles")

    def ready(self) -> None:
        from . import receivers  # noqa: F401 (connects them)
