from uuid import UUID

from celery import shared_task

from . import runs


@shared_task(soft_time_limit=600, time_limit=630)
def check_import(run_id: str) -> None:
    """Look at every row of an uploaded file. Safe to run twice."""
    runs.check_run(run_id=UUID(run_id))


@shared_task
def write_import(run_id: str, position: int = 0) -> None:
    """Write a piece of an import and hand on the rest. Safe to run twice."""
    reached = runs.write_piece(run_id=UUID(run_id), position=position)
    if reached is not None:
        write_import.delay(run_id, reached)
