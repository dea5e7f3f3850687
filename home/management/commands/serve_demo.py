import subprocess
import sys
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from cms.core.fonts import has_fonts


class Command(BaseCommand):
    """Prepares whatever is missing and serves the demo, all in one process: every further start of Python costs 5 s."""

    help = "Make fonts, translations, tables and demo content where they are missing, then serve the site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **_options: Any) -> None:
        call_command("build_messages")
        # The fonts take a while and need nothing of the rest: a second processor, where there is one, makes them.
        is_ready = has_fonts(Path(settings.VAR) / "fonts")
        fonts = None if is_ready else subprocess.Popen([sys.executable, sys.argv[0], "build_fonts"])  # noqa: S603 (our own)
        call_command("migrate", verbosity=0)
        call_command("load_gazetteer", once=True)
        call_command("load_demo")
        if fonts and fonts.wait():
            message = "The fonts could not be made."
            raise CommandError(message)
        self.stdout.write(f"Groundswell is ready: http://127.0.0.1:{port}/")
        self.stdout.flush()
        uvicorn.run(
            import_string(settings.ASGI_APPLICATION),
            host="127.0.0.1",
            port=port,
            ws_max_size=65536,
            log_level="warning",
            lifespan="off",
        )
