from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.core.messages import collect


class Command(BaseCommand):
    """Brings every catalogue in locale/ up to date with the code."""

    help = "Collect translatable strings."

    def handle(self, **_options: Any) -> None:
        collect(Path(settings.LOCALE_PATHS[0]).parent, *(code for code, _name in settings.LANGUAGES))
