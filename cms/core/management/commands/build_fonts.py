from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.core.fonts import build_fonts


class Command(BaseCommand):
    """Make the web fonts in var/fonts; files that are there already are left alone."""

    help = "Makes the web fonts (subsets as woff2) in var/fonts. Needed once, before collectstatic or the first start."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="Make all of them, also those that are there already.")

    def handle(self, *args: Any, **options: Any) -> None:
        for font, path, is_new in build_fonts(Path(settings.VAR) / "fonts", again=options["again"]):
            size = path.stat().st_size / 1024
            done = "made" if is_new else "already there"
            self.stdout.write(f"{font.family} {font.style}: {path.name}, {size:.0f} KB, {done}")
            self.stdout.flush()
