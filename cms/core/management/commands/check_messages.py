from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.core.messages import problems


class Command(BaseCommand):
    """Fails when a string of the interface has no translation in one of the languages."""

    help = "Check that every string is translated."

    def handle(self, **_options: Any) -> None:
        found = list(problems())
        for line in found:
            self.stderr.write(line)
        if found:
            message = f"{len(found)} problems; «make messages» collects new strings into locale/."
            raise CommandError(message)
