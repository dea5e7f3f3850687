"""Use cases of importing by the admin: take a file, look at it, write it piece by piece."""

import time
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from .columns import Sources
from .enums import Outcome, RunState
from .fetching import fetch
from .lookups import Lookups
from .models import ImportRun
from .pictures import PictureSource
from .plans import Candidate, Options, candidates
from .readers import read_table
from .services import import_rows
from .tables import FileRefusedError, Table

MOST_ROWS = 2_000  # what can be looked at in one task; the command takes ten times as many
MOST_BYTES = 5 * 1024 * 1024
PIECE_SECONDS = 20  # of writing in one task, which is stopped after 60
NAME_LENGTH = 200


def take_file(*, user: Any, name: str, data: bytes, kind: str, language: str) -> ImportRun:
    """Keep an uploaded file for `check_run`. `kind` is empty when the file says itself what its rows are."""
    return ImportRun.objects.create(
        user=user, name=name[-NAME_LENGTH:], data=data, kind=kind, language=language, reader_language=get_language()
    )


def check_run(*, run_id: uuid.UUID) -> None:
    """Look at every row of a file and note what would happen. Writes nothing else; safe to run twice."""
    run = ImportRun.objects.filter(pk=run_id, state=RunState.CHECKING).first()
    if run is None:
        return
    with override(run.reader_language):
        try:
            table, rows = _rows(run)
        except FileRefusedError as error:
            _note_check(run, state=RunState.REFUSED, refusal=str(error), data=b"")
            return
        sources = Sources(Lookups.load(), PictureSource())
        results = import_rows(rows=rows, sources=sources, author=run.user, dry_run=True)
    data = [result.as_data() for result in results]
    _note_check(run, state=RunState.CHECKED, notes=table.notes, total=len(rows), results=data)


def confirm_run(*, run_id: uuid.UUID) -> bool:
    """Agree to what was found. Returns whether the import begins; a second click begins nothing."""
    waiting = ImportRun.objects.filter(pk=run_id, state=RunState.CHECKED)
    return bool(waiting.update(state=RunState.RUNNING, position=0, results=[], updated_at=timezone.now()))


def write_piece(*, run_id: uuid.UUID, position: int) -> int | None:
    """Write rows from `position` on for a while. Returns where to go on; None when nothing is left to do.

    Safe to run twice: rows that are written already change nothing, and only one of two notes its results.
    """
    run = ImportRun.objects.select_related("user").filter(pk=run_id, state=RunState.RUNNING, position=position).first()
    if run is None:
        return None
    with override(run.reader_language):
        _table, rows = _rows(run)
        sources = Sources(Lookups.load(), PictureSource(fetch=fetch))
        results = import_rows(rows=_for_a_while(rows[position:]), sources=sources, author=run.user)
    reached = position + len(results)
    is_done = reached >= len(rows)
    ImportRun.objects.filter(pk=run_id, state=RunState.RUNNING, position=position).update(
        position=reached,
        results=run.results + [result.as_data() for result in results],
        state=RunState.DONE if is_done else RunState.RUNNING,
        data=b"" if is_done else run.data,
        updated_at=timezone.now(),
    )
    return None if is_done else reached


def counts(results: list[dict[str, Any]]) -> list[tuple[Outcome, int]]:
    """Return how many rows ended how."""
    found = Counter(result["outcome"] for result in results)
    return [(outcome, found[outcome.value]) for outcome in Outcome]


def _rows(run: ImportRun) -> tuple[Table, list[Candidate]]:
    table = read_table(bytes(run.data), run.name)
    if len(table.rows) > MOST_ROWS:
        message = gettext("The file has more than %(most)s rows. Use the command import_content on the server.")
        raise FileRefusedError(message % {"most": MOST_ROWS})
    return table, candidates(table, Options(run.kind, run.language))


def _for_a_while(rows: list[Candidate]) -> Iterator[Candidate]:
    """Yield rows until the time is up, the first one in any case."""
    end = time.monotonic() + PIECE_SECONDS
    yield from rows[:1]
    yield from takewhile(lambda _row: time.monotonic() < end, rows[1:])


def _note_check(run: ImportRun, **values: Any) -> None:
    ImportRun.objects.filter(pk=run.pk, state=RunState.CHECKING).update(**values, updated_at=timezone.now())
