"""Who may do what with community pages: page permissions of groups, widened to what is linked to a hub.

A group's permission on a page holds for everything below it. Editors of a hub have it on the hub's pages; what is
linked to their hub lies elsewhere in the tree and is theirs to change and publish as well, but not to delete or move:
it may belong to other hubs too.
"""

import uuid
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from .enums import Kind, State
from .models import Entry, EntryHub

# What a hub's editors may do with a page that is linked to their hub but lies elsewhere in the tree.
LINKED_ACTIONS = frozenset({"change", "publish", "lock", "unlock"})
# Who may do one of these with a page sees it in listings. Not "add": whoever may add to a list does not see its drafts.
SEEING_ACTIONS = frozenset({"change", "publish", "lock", "unlock", "bulk_delete"})
_HUBS_CACHE, _LINKED_CACHE = "_edited_hub_ids", "_linked_entry_ids"


def edited_hub_ids(user: Any) -> set[uuid.UUID]:
    """Return the ids of the hubs that the user may change by a permission on the hub itself; cached on the user."""
    if not getattr(user, "is_active", False) or user.is_anonymous:
        return set()
    if not hasattr(user, _HUBS_CACHE):
        policy = PagePermissionPolicy()
        keys = {
            permission.page.translation_key
            for permission in policy.get_cached_permissions_for_user(user)
            if permission.permission.codename == "change_page"
        }
        hubs = set(Entry.objects.of_kind(Kind.HUB).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        setattr(user, _HUBS_CACHE, hubs)
    return getattr(user, _HUBS_CACHE)


def is_linked_to_edited_hub(user: Any, page: Page) -> bool:
    """Return whether the page's entry is shown in a hub (or a hub below it) that the user edits.

    Listings ask this for every row, so what is linked is kept on the user; what was linked since is looked up.
    """
    hubs = edited_hub_ids(user)
    if not hubs:
        return False
    links = EntryHub.objects.filter(hub_id__in=hubs)
    if not hasattr(user, _LINKED_CACHE):
        setattr(user, _LINKED_CACHE, set(links.values_list("entry_id", flat=True)))
    return page.translation_key in getattr(user, _LINKED_CACHE) or links.filter(entry_id=page.translation_key).exists()


class EntryPagePermissionTester(PagePermissionTester):
    """Page permissions, plus those that a hub's editors have on linked pages."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if not user.is_active:
            # Wagtail leaves this out, and then fails when asked about locks.
            self.permissions = self._from_above = set()
        if not user.is_active or user.is_superuser:
            return
        self._from_above = {
            given.permission.codename.rsplit("_", maxsplit=1)[0]
            for given in self.permission_policy.get_cached_permissions_for_user(user)
            if page.path.startswith(given.page.path) and page.path != given.page.path
        }
        if is_linked_to_edited_hub(user, page):
            self.permissions |= LINKED_ACTIONS

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 (Wagtail's signature)
        """Deleting and moving take permission from above: a hub's editors run the hub, they do not own its place."""
        if not hasattr(self, "permissions"):
            return super().can_delete(ignore_bulk)
        every, self.permissions = self.permissions, self._from_above
        try:
            return super().can_delete(ignore_bulk)
        finally:
            self.permissions = every


class EntryPagePermissionPolicy(PagePermissionPolicy):
    """The same rule for listings, choosers and the content API."""

    def _linked(self, user: Any) -> QuerySet[Page]:
        linked = EntryHub.objects.filter(hub_id__in=edited_hub_ids(user)).values("entry_id")
        return self.model._default_manager.filter(translation_key__in=linked)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Page) -> bool:
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        return bool(LINKED_ACTIONS & set(actions)) and is_linked_to_edited_hub(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Page]:
        pages = super().instances_user_has_any_permission_for(user, actions)
        if LINKED_ACTIONS & set(actions) and not user.is_superuser and edited_hub_ids(user):
            pages |= self._linked(user)
        return pages

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        """Return what the admin lists: what the user may work on, and the way there.

        Wagtail counts everything below a page to which one may add; that would show every draft of every hub to
        whoever may propose a project.
        """
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        given = [permission.page for permission in self.get_cached_permissions_for_user(user)]
        pages = self.instances_user_has_any_permission_for(user, SEEING_ACTIONS)
        if not given:
            return pages.none()
        top = self.model.base_page_model.objects.first_common_ancestor_of(given, include_self=True)
        way = Q()
        for page in given:
            steps = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
            way |= Q(path__in=[path for path in steps if path.startswith(top.path)])
        return pages | self.model._default_manager.filter(way)


def entries_for_editor(user: Any) -> QuerySet[Entry]:
    """Return the entries an editor may link to: every public one, and the drafts of pages that they may see."""
    if user.is_superuser and user.is_active:
        return Entry.objects.all()
    keys = EntryPagePermissionPolicy(Page).explorable_instances(user).order_by().values("translation_key")
    return Entry.objects.filter(Q(state=State.PUBLISHED) | Q(pk__in=keys))
