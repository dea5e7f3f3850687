from typing import Any

from django.core.management.base import BaseCommand

from cms.directory.services import rebuild


class Command(BaseCommand):
    """Writes every entry anew; safe at any time and as often as you like."""

    help = "Write the whole directory anew from the pages."

    def handle(self, **_options: Any) -> None:
        count = rebuild(progress=lambda done: self.stdout.write(f"{done} entries …"))
        self.stdout.write(f"{count} entries written.")
