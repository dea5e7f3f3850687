import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.exchange.columns import PAGES, Sources
from cms.exchange.enums import Outcome
from cms.exchange.fetching import fetch
from cms.exchange.lookups import Lookups
from cms.exchange.pictures import PictureSource
from cms.exchange.plans import Options, candidates
from cms.exchange.readers import read_table
from cms.exchange.services import RowResult, import_rows
from cms.exchange.tables import MOST_BYTES, FileRefusedError, Table

BAR_WIDTH = 30
OFTEN = 10  # rows between two strokes of the progress bar


class Command(BaseCommand):
    """Ends with 1 when rows were wrong, and with 2 when the file as a whole could not be read."""

    help = "Import organizations and projects from a CSV, XLSX or JSON file; docs/import.md describes its columns."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen and change nothing.")
        parser.add_argument("--kind", choices=[f"{kind}s" for kind in PAGES], help="What the rows are.")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="The language of rows that name none.")
        parser.add_argument("--report", type=Path, help="Write the results as JSON to this file.")

    def handle(self, *, file: Path, dry_run: bool, report: Path | None, **options: Any) -> None:
        try:
            table = read_table(_read(file), file.name)
            rows = candidates(table, Options((options["kind"] or "").removesuffix("s"), options["language"]))
        except FileRefusedError as error:
            raise CommandError(str(error), returncode=2) from error
        for note in table.notes:
            self.stdout.write(self.style.WARNING(note))
        sources = Sources(Lookups.load(), PictureSource(file.resolve().parent, fetch))
        results = import_rows(rows=rows, sources=sources, dry_run=dry_run, progress=self._progress(len(rows)))
        results.sort(key=lambda result: result.line)
        self._say(results)
        counts = Counter(result.outcome for result in results)
        if report:
            report.write_text(_report(table, results, counts, dry_run=dry_run), encoding="utf-8")
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome.values))
        if dry_run:
            self.stdout.write(_("Nothing was written."))
        if counts[Outcome.WRONG]:
            number = counts[Outcome.WRONG]
            message = ngettext("%(number)s row is wrong.", "%(number)s rows are wrong.", number) % {"number": number}
            raise CommandError(message, returncode=1)

    def _progress(self, total: int) -> Any:
        """Return what draws the bar: nothing unless somebody watches at a terminal."""
        if not (hasattr(self.stdout, "isatty") and self.stdout.isatty()):
            return None
        done = 0

        def draw(_result: RowResult) -> None:
            nonlocal done
            done += 1
            if done % OFTEN == 0 or done == total:
                filled = BAR_WIDTH * done // total
                end = "\n" if done == total else "\r"
                self.stdout.write(f"[{'#' * filled}{' ' * (BAR_WIDTH - filled)}] {done}/{total}", ending=end)
                self.stdout.flush()

        return draw

    def _say(self, results: list[RowResult]) -> None:
        for result in results:
            for problem in result.problems:
                column = f" {problem.column}:" if problem.column else ""
                self.stderr.write(f"line {result.line} ({result.key or '?'}):{column} {problem.reason}")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}", returncode=2) from error


def _report(table: Table, results: list[RowResult], counts: Counter[str], *, dry_run: bool) -> str:
    data = {
        "dry_run": dry_run,
        "notes": table.notes,
        "counts": {outcome: counts[outcome] for outcome in Outcome.values},
        "rows": [result.as_data() for result in results],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
