from typing import Any

from django.core.management.base import BaseCommand

from cms.core.messages import compile_catalogs


class Command(BaseCommand):
    """Compiles the translations without gettext, so that a machine with nothing but Python can run the product."""

    help = "Compile the translations."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        written = compile_catalogs()
        if written:
            self.stdout.write(f"{written} catalogues compiled.")
