from typing import Any

from django.core.management.base import BaseCommand

from search.services import rebuild


class Command(BaseCommand):
    """Writes everything that can be found anew; safe at any time and as often as you like."""

    help = "Write the search index anew from what it is made of."

    def handle(self, **_options: Any) -> None:
        count = rebuild(progress=lambda done: self.stdout.write(f"{done} things …"))
        self.stdout.write(f"{count} things written.")
