from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.demo.loading import is_loaded, load
from home.demo.people import PASSWORD, PEOPLE
from platform_apps.accounts.services import DEMO_DOMAIN


class Command(BaseCommand):
    """Fills an installation with the demo network. A second run changes nothing; a newer version replaces the older."""

    help = (
        "Load the demo network: hubs, organizations, projects and stories in two languages, and people to sign in as."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="Load it anew even if it is there.")

    def handle(self, *, again: bool, **_options: Any) -> None:
        if is_loaded() and not again:
            self.stdout.write("The demo is loaded already.")
            return
        begin = monotonic()

        def report(line: str) -> None:
            self.stdout.write(f"{monotonic() - begin:5.1f} s  {line}")
            self.stdout.flush()

        try:
            load(report)
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        report("Loaded.")
        accounts = ", ".join(f"{name}@{DEMO_DOMAIN}" for name, *_rest in PEOPLE)
        self.stdout.write(f"Sign in as {accounts}; the password is {PASSWORD}")
