from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from .sqlite_functions import add_functions


class PlacesConfig(AppConfig):
    name = "cms.places"
    label = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        connection_created.connect(add_functions, dispatch_uid="places.sqlite_functions")
