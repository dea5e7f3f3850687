from uuid import UUID

from celery import shared_task

from . import services


@shared_task
def refresh_every_rank() -> int:
    """Compute every stored rank anew. Safe to run twice: nothing changes the second time."""
    return services.refresh_ranks()


@shared_task
def sync_entry(entry_id: str) -> None:
    """Write one entry anew from its pages."""
    services.sync_entry(UUID(entry_id))
