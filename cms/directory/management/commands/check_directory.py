from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.directory.check import differences


class Command(BaseCommand):
    """Exits with an error and one line per difference when the directory is not equal to the pages."""

    help = "Compare the directory with the pages it is made from."

    def handle(self, **_options: Any) -> None:
        found = differences()
        for line in found:
            self.stderr.write(line)
        if found:
            message = f"{len(found)} differences; «rebuild_directory» mends them."
            raise CommandError(message)
        self.stdout.write("The directory equals the pages.")
