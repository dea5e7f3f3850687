import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.exchange.columns import PAGES
from cms.exchange.selectors import exported_columns, exported_rows
from cms.exchange.writers import WRITERS, CellTooLongError


class Command(BaseCommand):
    """Writes what `import_content` reads; an empty site that imports it has the same organizations and projects."""

    help = "Export the public organizations and projects to a CSV, XLSX or JSON file, with their pictures beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=[f"{kind}s" for kind in PAGES], help="Only these.")

    def handle(self, *, file: Path, kind: str | None, **_options: Any) -> None:
        if file.suffix.lower() not in WRITERS:
            message = "The file's name must end in .csv, .xlsx or .json."
            raise CommandError(message)
        kinds = (kind.removesuffix("s"),) if kind else tuple(PAGES)
        self.count = self.blocks = self.translations = 0
        unfinished = file.with_name(f"{file.name}.part")
        try:
            write = WRITERS[file.suffix.lower()]
            write(unfinished, exported_columns(kinds), self._cells(kinds, file.parent))
            unfinished.replace(file)
        except (OSError, CellTooLongError) as error:
            raise CommandError(str(error)) from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{self.count} entries written to {file}.")
        if self.blocks:
            self.stdout.write(self.style.WARNING(f"{self.blocks} blocks with pictures, films or features left out."))
        if self.translations:
            self.stdout.write(self.style.WARNING(f"{self.translations} translations made without the tool left out."))

    def _cells(self, kinds: tuple[str, ...], folder: Path) -> Iterator[dict[str, str]]:
        for row in exported_rows(kinds):
            for name, picture in row.pictures:
                path = folder / name
                path.parent.mkdir(exist_ok=True)
                with picture.open("rb") as source, path.open("wb") as target:
                    shutil.copyfileobj(source, target)
            self.count += 1
            self.blocks += row.blocks_left_out
            self.translations += row.translations_left_out
            yield row.cells
