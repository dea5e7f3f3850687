"""Keeps the hubs' groups in step with the hubs, through the directory, which knows each hub once in all languages."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import task_submitted

from cms.directory.enums import Kind
from cms.directory.models import EntryText
from cms.directory.pages import EntryIndexPage
from cms.directory.services import page_models

from .models import HubEditors
from .notifications import HubReviewNotifier
from .services import ensure_hub_editors, index_links_again

notify_reviewers = HubReviewNotifier()
task_submitted.connect(notify_reviewers, dispatch_uid="hub_review_task_submitted")


@receiver(post_save, sender=EntryText)
def follow_hub(instance: EntryText, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001 (Django's signature)
    """A hub was made, translated or renamed."""
    if instance.entry.kind != Kind.HUB or (instance.is_translation and not created):
        return
    if (
        created
        or not HubEditors.objects.filter(hub=instance.entry, group__name__endswith=instance.title[:100]).exists()
    ):
        ensure_hub_editors(instance.entry)


def follow_list(instance: EntryIndexPage, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001 (Django's signature)
    """A list was made in one more language: hubs add to it as they do to the others."""
    if created and instance.entry_kind != Kind.HUB:
        for editors in HubEditors.objects.select_related("hub"):
            ensure_hub_editors(editors.hub)


for model in page_models(EntryIndexPage):
    post_save.connect(follow_list, sender=model, dispatch_uid=f"editorial_follow_{model.__name__}")


@receiver(pre_delete, sender=Page)
def keep_links_to_deleted_page(instance: Page, **_kwargs: Any) -> None:
    """Wagtail forgets every reference to what is deleted; the links in texts stay, and the report must find them."""
    sources = ReferenceIndex.get_references_to(instance).values_list("base_content_type", "object_id").distinct()
    ids = [int(pk) for kind, pk in sources if kind == ContentType.objects.get_for_model(Page).pk]
    if ids:
        transaction.on_commit(lambda: index_links_again(ids))


@receiver(post_delete, sender=HubEditors)
def dissolve_group(instance: HubEditors, **_kwargs: Any) -> None:
    """A hub is gone: its group has nothing left to edit. Its pictures stay."""
    Group.objects.filter(pk=instance.group_id).delete()
