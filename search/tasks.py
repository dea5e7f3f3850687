from uuid import UUID

from celery import shared_task

from cms.directory.batches import in_batches

from .services import BATCH, write_documents
from .sources import ENTRIES


@shared_task
def write_entries(entry_ids: list[str]) -> None:
    """Write anew what can be found of entries. Safe to run twice: nothing changes the second time."""
    for ids in in_batches(entry_ids, BATCH):
        write_documents(ENTRIES, [UUID(key) for key in ids])
