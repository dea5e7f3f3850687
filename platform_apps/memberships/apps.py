from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipsConfig(AppConfig):
    name = "platform_apps.memberships"
    label = "memberships"
    verbose_name = _("Memberships")

    def ready(self) -> None:
        from platform_apps.accounts.personal import register_personal_part
        from platform_apps.profiles.circles import register_circles

        from . import receivers, selectors  # noqa: F401 (the first connects itself)
        from .components import join_part

        register_circles(circle_of=selectors.circle_of, people_in=selectors.people_in)
        register_personal_part(name="membership", component=join_part)
