"""Reactions to what Wagtail does with pages outside their save()."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex, WorkflowState
from wagtail.signals import (
    post_page_move,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.core.page_cache.shown import shown_on_pages
from cms.core.pages import BOOKKEEPING
from cms.media.models import Image
from cms.places.models import Place

from .models import Entry, EntryText
from .services import refresh_translation_flags, sync_below, sync_entries, sync_entry

shown_on_pages(Entry, EntryText, Place)


@receiver(post_delete, sender=Page)
def forget_deleted_page(instance: Page, **_kwargs: Any) -> None:
    """The row of the page's own type goes first, then this one: only now the page is gone for every query."""
    if Entry.objects.filter(pk=instance.translation_key).exists():
        sync_entry(instance.translation_key)
    sync_below(instance)


@receiver(post_page_move)
def follow_moved_page(instance: Page, **_kwargs: Any) -> None:
    _follow(instance)


@receiver(post_save, sender=Page)
def follow_plain_page(instance: Page, update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    """Some of Wagtail saves pages as plain ones, past the save() of their type: what expires on time, for one.

    The signal names the class that was saved, so pages saved as what they are do not come here.
    """
    if not update_fields or not update_fields <= BOOKKEEPING:
        _follow(instance)


def _follow(page: Page) -> None:
    with transaction.atomic():
        if Entry.objects.filter(pk=page.translation_key).exists():
            sync_entry(page.translation_key)
        sync_below(page)


@receiver([workflow_submitted, workflow_approved, workflow_rejected, workflow_cancelled], sender=WorkflowState)
def follow_workflow(instance: WorkflowState, **_kwargs: Any) -> None:
    # Workflows name pages by their base type, so this is a Page whatever it is a page of.
    page = instance.content_object
    if isinstance(page, Page) and Entry.objects.filter(pk=page.translation_key).exists():
        sync_entry(page.translation_key)


@receiver(post_save, sender=Image)
def follow_changed_picture(instance: Image, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001 (Django's signature)
    """A new file or focal point means other renditions, a new description other words."""
    if created:
        return
    pages = ReferenceIndex.get_references_to(instance).values_list("object_id", flat=True)
    keys = EntryText.objects.filter(page_id__in=[int(pk) for pk in pages if pk.isdigit()])
    sync_entries(dict.fromkeys(keys.values_list("entry_id", flat=True)))


@receiver(post_save, sender=StringTranslation)
@receiver(post_save, sender=Translation)
@receiver(post_save, sender=TranslationSource)
@receiver([post_save, post_delete], sender=StringSegment)
def follow_translation(instance: Any, **_kwargs: Any) -> None:
    """Strings that are translated, or taken over from the source, change what is stale and what a machine wrote.

    Segments count too: taking over a changed source saves it first, and only then finds the new strings in it.
    """
    key = _translated_object(instance)
    if key:
        refresh_translation_flags(key)


def _translated_object(instance: Any) -> Any:
    if isinstance(instance, StringTranslation):
        return instance.context.object_id if instance.context else None
    return instance.object_id if isinstance(instance, TranslationSource) else instance.source.object_id
