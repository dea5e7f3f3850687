"""Who may see, review and oversee. Page permissions themselves are in cms.directory.permissions."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from cms.directory.models import EntryHub

from .enums import FINAL_GROUPS

_FINAL_CACHE = "_is_final_editor"


def is_final_editor(user: Any) -> bool:
    """Return whether nobody stands above the user in matters of text; cached on the user."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if not hasattr(user, _FINAL_CACHE):
        setattr(user, _FINAL_CACHE, user.groups.filter(name__in=FINAL_GROUPS).exists())
    return getattr(user, _FINAL_CACHE)


def sees_whole_site(user: Any) -> bool:
    """Return whether the user may change every page: only they may read reports that know no page permissions."""
    root = Page.get_first_root_node()
    policy = policy_registry.get_by_type(Page)
    return bool(user.is_active and policy.user_has_any_permission_for_instance(user, {"change"}, root))


def can_see_page(user: Any, page_id: int) -> bool:
    """Return whether the admin may tell the user anything about a page, even that it exists."""
    if user.is_active and user.is_superuser:
        return True
    seen = policy_registry.get_by_type(Page).explorable_instances(user)
    return seen.filter(pk=page_id).exists()


def can_link_to_page(user: Any, page_id: int) -> bool:
    """Return whether a chooser may answer with the page: public ones to every editor.

    Wagtail answers with the title of the draft; where that is not the public one, it is not for everybody.
    """
    public = Page.objects.live().filter(pk=page_id, draft_title=F("title"))
    return public.exists() or can_see_page(user, page_id)


def can_review(user: Any, page: Page) -> bool:
    """Return whether the user may decide on a page: whoever may edit and publish it, unless they handed it in."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    may = page.permissions_for_user(user).permissions
    if not {"change", "publish"} <= may:
        return False
    state = page.current_workflow_state
    return state is None or state.requested_by_id != user.pk or is_final_editor(user)


def reviewable_pages(user: Any) -> QuerySet[Page]:
    """Return the pages that the user may edit and publish; the set that `can_review` asks for one by one."""
    policy = policy_registry.get_by_type(Page)
    publishable = policy.instances_user_has_any_permission_for(user, {"publish"})
    changeable = policy.instances_user_has_any_permission_for(user, {"change"}).order_by().values("pk")
    return publishable.filter(pk__in=changeable)


def reviewers(page: Page) -> QuerySet[Any]:
    """Return the people whom a page that was handed in is shown to."""
    linked = EntryHub.objects.filter(entry_id=page.translation_key).values("hub_id")
    hubs = Page.objects.filter(translation_key__in=linked).only("path", "depth")
    where = Q(page__in=page.get_ancestors(inclusive=True).order_by().values("pk"))
    for hub in hubs:
        where |= Q(page_id=hub.pk)
    allowed = Q(is_superuser=True)
    groups = None
    for codename in ("change_page", "publish_page"):
        ids = set(
            GroupPagePermission.objects.filter(where, permission__codename=codename).values_list("group", flat=True)
        )
        groups = ids if groups is None else groups & ids
    allowed |= Q(groups__in=groups or set())
    return get_user_model()._default_manager.filter(allowed, is_active=True).distinct()
