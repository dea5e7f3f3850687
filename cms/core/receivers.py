"""Reactions to what changes the frame of the site."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site
from wagtail.signals import post_page_move

from .models import NetworkSettings, SiteMenu
from .site_frame import forget_frame

IN_THE_FRAME = (NetworkSettings, SiteMenu, Site, Locale, Page)


# Pages are saved as their own types, so the sender says nothing.
@receiver([post_save, post_delete])
def follow_changed_frame(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, (*IN_THE_FRAME, get_image_model())):
        forget_frame()


@receiver(post_page_move)
def follow_moved_page(**_kwargs: Any) -> None:
    forget_frame()
