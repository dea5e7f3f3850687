"""Keeps documents in step: with entries in the same transaction, with the words of terms and places soon after."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.directory.events import entries_written
from cms.directory.models import Entry, EntryTerm
from cms.places.models import Place
from cms.taxonomy.models import TERM_MODELS, Term

from .services import write_documents
from .sources import ENTRIES
from .tasks import write_entries


@receiver(entries_written, sender=Entry)
def follow_entries(entry_ids: list[UUID], **_kwargs: Any) -> None:
    if entry_ids:
        write_documents(ENTRIES, entry_ids)


def follow_renamed_term(instance: Term, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001 (Django's signature)
    """A term can be carried by thousands: its new name is found a moment later."""
    if not created:
        _later(EntryTerm.objects.filter(key=instance.translation_key).values_list("entry_id", flat=True))


for model in TERM_MODELS:
    post_save.connect(follow_renamed_term, sender=model, dispatch_uid=f"search_follow_{model.__name__}")


@receiver(post_save, sender=Place)
def follow_renamed_place(instance: Place, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001 (Django's signature)
    if not created:
        _later(Entry.objects.filter(place=instance).values_list("pk", flat=True))


def _later(entry_ids: Any) -> None:
    ids = [str(key) for key in entry_ids]
    if ids:
        transaction.on_commit(lambda: write_entries.delay(ids))
