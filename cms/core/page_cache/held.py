"""Tells a CDN or nginx in front which of the pages it holds are no longer right."""

from django.conf import settings
from django.utils import timezone
from wagtail.contrib.frontend_cache.utils import PurgeBatch

BATCH = 500
# How long a process trusts the version it has read. Half of the second within which a change must show.
CHECK_SECONDS = 0.5


def is_in_use() -> bool:
    """Return whether pages are given to a proxy that keeps them and can be told to forget them."""
    return bool(settings.PAGE_CACHE_PROXY_SECONDS and settings.WAGTAILFRONTENDCACHE)


def hold(url: str) -> None:
    """Note that a proxy may hold a page from now on."""
    from cms.core.models import HeldPage

    if is_in_use():
        HeldPage.objects.update_or_create(url=url, defaults={"noted_at": timezone.now()})


def purge_soon() -> None:
    """Have every held page forgotten, in the background.

    Not at once: until they look again, other processes may still give the proxy what was right before.
    """
    from cms.core.tasks import purge_held_pages

    if is_in_use():
        purge_held_pages.apply_async(countdown=CHECK_SECONDS)


def purge_held() -> int:
    """Have the proxy forget all that it may hold. Returns how many addresses. Safe to run twice.

    A page that is drawn meanwhile is noted again, and that note stays.
    """
    from cms.core.models import HeldPage

    count, begin = 0, timezone.now()
    while rows := list(HeldPage.objects.filter(noted_at__lte=begin).order_by("pk")[:BATCH]):
        purge = PurgeBatch()
        purge.add_urls([row.url for row in rows])
        purge.purge()
        HeldPage.objects.filter(pk__in=[row.pk for row in rows], noted_at__lte=begin).delete()
        count += len(rows)
    return count
