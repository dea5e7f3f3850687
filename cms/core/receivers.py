"""Reactions to what changes the frame of the site, and to new connections to the database."""

from typing import Any

from django.db import transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, post_page_move

from .models import NetworkSettings, SiteMenu
from .page_cache.shown import is_shown, shown_on_pages
from .page_cache.version import site_changed
from .pages import BOOKKEEPING
from .site_frame import forget_frame
from .tasks import draw_page, draw_pages_with

shown_on_pages(
    NetworkSettings,
    SiteMenu,
    Site,
    Locale,
    Page,
    PageViewRestriction,
    Redirect,
    get_image_model(),
    get_document_model(),
)
IN_THE_FRAME = (NetworkSettings, SiteMenu, Site, Locale, Page)


@receiver(connection_created)
def compile_no_statements(connection: Any, **_kwargs: Any) -> None:
    """Switch PostgreSQL's JIT off: it compiles for 50 ms what runs for five, wherever a plan looks dear.

    Said on the connection, as poolers refuse most of what stands in its options.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")


# Pages are saved as their own types, so the sender says nothing.
@receiver([post_save, post_delete])
def follow_changed_frame(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, (*IN_THE_FRAME, get_image_model())):
        forget_frame()


@receiver([post_save, post_delete])
def follow_shown_thing(instance: Any, update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    """What drafts leave on a page's row shows nowhere; every other change of what pages show makes them new."""
    is_draft = isinstance(instance, Page) and update_fields and update_fields <= BOOKKEEPING
    if is_shown(instance) and not is_draft:
        site_changed()


@receiver(post_page_move)
def follow_moved_page(**_kwargs: Any) -> None:
    forget_frame()
    site_changed()


# A broker that loses these costs the first visitor a moment, and nothing else.
@receiver(page_published)
def draw_published_page(instance: Page, **_kwargs: Any) -> None:
    transaction.on_commit(lambda: draw_page.delay(instance.pk))


@receiver(post_save, sender=get_image_model())
def draw_pages_of_changed_picture(instance: Any, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001 (Django's signature)
    if not created:
        transaction.on_commit(lambda: draw_pages_with.delay(instance.pk))
