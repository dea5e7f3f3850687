"""Use cases that set up who works where: site groups, hub groups, the review workflow. All can be run again."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    ReferenceIndex,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.directory.enums import Kind
from cms.directory.models import Entry, EntryText
from cms.directory.pages import EntryIndexPage
from cms.directory.services import page_models

from .enums import (
    FILE_ACTIONS,
    HUB_GROUP_PREFIX,
    HUB_PAGE_ACTIONS,
    SHARED_COLLECTION,
    SITE_FILE_ACTIONS,
    SITE_PAGE_ACTIONS,
    TASK_NAME,
    WORKFLOW_NAME,
)
from .models import HubEditors, HubReviewTask

NAME_LENGTH = 150
FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))


@transaction.atomic
def ensure_site_groups() -> dict[str, Group]:
    """Give the site's groups their permissions on pages and files. Returns the groups by name.

    Permissions lie on the root of the tree, so that the tree of a language that is added later has them already.
    """
    root, files = Page.get_first_root_node(), Collection.get_first_root_node()
    groups = {}
    for name, actions in SITE_PAGE_ACTIONS.items():
        group, _created = Group.objects.get_or_create(name=name.value)
        _set_page_permissions(group, {root.pk: actions})
        _set_file_permissions(group, {files.pk: SITE_FILE_ACTIONS[name]})
        groups[name.value] = group
    for hub in Entry.objects.of_kind(Kind.HUB):
        ensure_hub_editors(hub)
    return groups


def ensure_shared_collection() -> Collection:
    """Return the collection that every hub may take pictures from."""
    return _collection(SHARED_COLLECTION)


@transaction.atomic
def ensure_hub_editors(hub: Entry | Page) -> Group:
    """Return the group that runs a hub, with its permissions on the hub's pages in every language.

    Takes the hub's entry or one of its pages. Members may also add to the lists of organizations, projects and
    stories; what they add is theirs, and what is linked to their hub is theirs to edit.
    """
    entry = hub if isinstance(hub, Entry) else Entry.objects.get(pk=hub.translation_key)
    editors = HubEditors.objects.select_related("group", "collection").filter(hub=entry).first()
    name = _hub_group_name(entry, editors)
    if editors is None:
        group = Group.objects.create(name=name)
        group.permissions.set(
            _permissions([("wagtailadmin", "access_admin"), ("wagtail_localize", "submit_translation")])
        )
        editors = HubEditors.objects.create(hub=entry, group=group, collection=_collection(name))
    elif editors.group.name != name:
        Group.objects.filter(pk=editors.group_id).update(name=name)
        _rename_collection(editors.collection_id, name)
        editors.group.name = name
    pages = dict.fromkeys(EntryText.objects.filter(entry=entry).values_list("page_id", flat=True), HUB_PAGE_ACTIONS)
    _set_page_permissions(editors.group, pages | dict.fromkeys(_list_ids(), ("add",)))
    places: dict[int, tuple[str, ...]] = {ensure_shared_collection().pk: ("choose",)}
    if editors.collection_id:
        places[editors.collection_id] = FILE_ACTIONS
    _set_file_permissions(editors.group, places)
    return editors.group


def _hub_group_name(entry: Entry, editors: HubEditors | None) -> str:
    title = entry.texts.order_by("is_translation", "pk").values_list("title", flat=True).first() or str(entry.pk)
    name = f"{HUB_GROUP_PREFIX}{title}"[: NAME_LENGTH - 10]
    taken = set(
        Group.objects.filter(name__startswith=name)
        .exclude(pk=editors.group_id if editors else None)
        .values_list("name", flat=True)
    )
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _list_ids() -> list[int]:
    """Return the lists, in every language, to which hubs contribute; the list of hubs itself is the site's."""
    models = [model for model in page_models(EntryIndexPage) if model.entry_kind != Kind.HUB]
    return [pk for model in models for pk in model.objects.values_list("pk", flat=True)]


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Put the review by the hubs in charge of every home page and all below it. Returns the workflow."""
    task = HubReviewTask.objects.filter(name=TASK_NAME).first() or HubReviewTask.objects.create(name=TASK_NAME)
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    if created:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    homes = Page.objects.filter(translation_key__in=Site.objects.values("root_page__translation_key"))
    for home in homes:
        # A workflow that an operator has chosen for a home page stays.
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    return workflow


def _rename_collection(pk: int | None, name: str) -> None:
    """Collections are kept sorted by name: one renamed where it stands makes room for the next in the wrong place."""
    root = _locked_collections()
    collection = root.get_children().filter(pk=pk).first()
    if collection:
        collection.name = name
        collection.save()
        collection.move(root, "sorted-child")


def _locked_collections() -> Collection:
    """Return the root of all collections after whoever changes their order at this moment."""
    root = Collection.get_first_root_node()
    return Collection.objects.select_for_update().get(pk=root.pk)


def _collection(name: str) -> Collection:
    root = _locked_collections()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def _permissions(names: Iterable[tuple[str, str]]) -> list[Permission]:
    return [Permission.objects.get(content_type__app_label=app, codename=codename) for app, codename in names]


def _codenames(app: str, model: str) -> dict[str, int]:
    found = Permission.objects.filter(content_type__app_label=app, content_type__model=model)
    return dict(found.values_list("codename", "pk"))


def _set_page_permissions(group: Group, wanted: dict[int, tuple[str, ...]]) -> None:
    codenames = _codenames("wagtailcore", "page")
    target = {(page, codenames[f"{action}_page"]) for page, actions in wanted.items() for action in actions}
    present = set(GroupPagePermission.objects.filter(group=group).values_list("page_id", "permission_id"))
    for page, permission in present - target:
        GroupPagePermission.objects.filter(group=group, page_id=page, permission_id=permission).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in target - present
    )


def _set_file_permissions(group: Group, wanted: dict[int, tuple[str, ...]]) -> None:
    target = set()
    for app, model in FILE_MODELS:
        codenames = _codenames(app, model)
        target |= {(place, codenames[f"{action}_{model}"]) for place, actions in wanted.items() for action in actions}
    present = set(GroupCollectionPermission.objects.filter(group=group).values_list("collection_id", "permission_id"))
    for place, permission in present - target:
        GroupCollectionPermission.objects.filter(group=group, collection_id=place, permission_id=permission).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=place, permission_id=permission)
        for place, permission in target - present
    )


@transaction.atomic
def link_to_hub(*, page: Page, hub: Entry, user: Any) -> bool:
    """Show a page in a hub. Returns whether anything changed.

    Goes into the page's newest revision; published at once when the public page had no open draft and the user may
    publish, since otherwise somebody's unfinished words would become public.
    """
    draft = page.get_latest_revision_as_object()
    if any(link.entry_id == hub.pk for link in draft.hub_links.all()):
        return False
    is_public = draft.live and not draft.has_unpublished_changes
    draft.hub_links.add(draft.hub_links.model(entry=hub))
    revision = draft.save_revision(user=user, log_action=True)
    if is_public and draft.permissions_for_user(user).can_publish():
        revision.publish(user=user)
    return True


def index_links_again(page_ids: Iterable[int]) -> None:
    """Write the references of pages anew, as their texts have them."""
    for page in Page.objects.filter(pk__in=list(page_ids)).specific().iterator():
        ReferenceIndex.create_or_update_for_object(page)
