from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.exchange import scale


class Command(BaseCommand):
    """For benchmarks only: rows of the directory without pages, as docs/import.md says."""

    help = "Make synthetic entries in bulk to measure with, or take them away."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--entries", type=int, help="How many; those made before are replaced.")
        what.add_argument("--remove", action="store_true", help="Take all synthetic entries away.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same entries.")
        parser.add_argument("--force", action="store_true", help="Also beside real content.")

    def handle(self, *, entries: int | None, remove: bool, seed: int, force: bool, **_options: Any) -> None:
        if remove:
            self.stdout.write(f"{scale.remove()} synthetic entries removed.")
            return
        if entries is None or entries < 1:
            message = "Give a number of entries above zero."
            raise CommandError(message)
        begin = monotonic()

        def report(done: int) -> None:
            self.stdout.write(f"{monotonic() - begin:6.1f} s  {done} of {entries}")

        try:
            scale.load(number=entries, seed=seed, force=force, progress=report)
        except scale.RealContentError as error:
            message = "This installation has real content. Add --force to put synthetic entries beside it."
            raise CommandError(message) from error
        self.stdout.write(f"{monotonic() - begin:6.1f} s  Loaded.")
