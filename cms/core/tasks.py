"""Housekeeping that somebody has to start: each is safe to run twice."""

from celery import shared_task
from django.core.management import call_command

from .page_cache.ahead import draw_ahead, pages_with
from .page_cache.held import purge_held


@shared_task
def publish_scheduled() -> None:
    """Publish and expire the pages whose time has come."""
    call_command("publish_scheduled")


@shared_task
def forget_old_sessions() -> None:
    """Delete sessions that have run out."""
    call_command("clearsessions")


@shared_task
def forget_finished_tasks() -> None:
    """Delete the records of Wagtail's background tasks that finished days ago."""
    call_command("prune_db_task_results")


@shared_task
def purge_held_pages() -> None:
    """Have a CDN or nginx in front forget the pages it holds."""
    purge_held()


@shared_task
def draw_page(page_id: int) -> None:
    """Draw a page that was just published, so that its pictures are ready for the first visitor."""
    draw_ahead(page_id)


@shared_task
def draw_pages_with(picture_id: int) -> None:
    """Draw the pages that show a picture with a new file or focal point."""
    for page_id in pages_with(picture_id):
        draw_ahead(page_id)
