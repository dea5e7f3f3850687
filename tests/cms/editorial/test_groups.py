from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupPagePermission, Locale, Page

from cms.directory.authoring import add_page
from cms.editorial.enums import HUB_GROUP_PREFIX, SiteGroup
from cms.editorial.models import HubEditors
from cms.editorial.services import ensure_hub_editors, ensure_site_groups, ensure_workflow
from cms.hubs.models import HubPage
from tests.worlds import SOURCE, TARGET, World, translate

pytestmark = pytest.mark.django_db


def page_actions(group: Group) -> set[tuple[int, str]]:
    rows = GroupPagePermission.objects.filter(group=group)
    return {
        (page, codename.rsplit("_", 1)[0]) for page, codename in rows.values_list("page_id", "permission__codename")
    }


def test_the_migration_makes_every_group():
    assert set(SiteGroup.values) <= set(Group.objects.values_list("name", flat=True))
    operators = Group.objects.get(name=SiteGroup.OPERATORS)
    assert operators.permissions.filter(codename="change_user").exists()


@pytest.mark.parametrize("name", SiteGroup.values)
def test_every_site_group_gets_into_the_admin(name: str):
    assert Group.objects.get(name=name).permissions.filter(codename="access_admin").exists()


def test_site_groups_can_be_ensured_again(world: World):
    before = {group.name: page_actions(group) for group in Group.objects.all()}
    ensure_site_groups()
    ensure_workflow()
    assert {group.name: page_actions(group) for group in Group.objects.all()} == before


def test_a_hub_has_editors_with_rights_in_every_language(world: World):
    group = HubEditors.objects.get(hub_id=world.hub_a[SOURCE].translation_key).group
    rights = page_actions(group)
    for page in world.hub_a.values():
        assert {action for pk, action in rights if pk == page.pk} == {"add", "change", "publish", "lock", "unlock"}
    for page in (*world.project_lists.values(), *world.organization_lists.values(), *world.story_lists.values()):
        assert {action for pk, action in rights if pk == page.pk} == {"add"}
    foreign = {page.pk for page in (*world.hub_b.values(), *world.homes.values(), *world.hub_lists.values())}
    assert not foreign & {pk for pk, _action in rights}


def test_a_new_hub_gets_editors_by_itself_and_its_translation_too(world: World):
    hub = add_page(parent=world.hub_lists[SOURCE], page=HubPage(title="New", summary="New."))
    group = HubEditors.objects.get(hub_id=hub.translation_key).group
    assert group.name == f"{HUB_GROUP_PREFIX}New"
    assert (hub.pk, "publish") in page_actions(group)
    copy = translate(hub, TARGET, publish=False)
    assert (copy.pk, "publish") in page_actions(group)


def test_two_hubs_of_one_name_have_two_groups(world: World):
    twins = [
        add_page(parent=world.hub_lists[SOURCE], page=HubPage(title="Twin", summary="One of two."))
        for _number in range(2)
    ]
    names = {ensure_hub_editors(hub).name for hub in twins}
    assert names == {f"{HUB_GROUP_PREFIX}Twin", f"{HUB_GROUP_PREFIX}Twin (2)"}


def test_the_group_follows_the_hubs_name_and_goes_with_the_hub(world: World):
    hub = add_page(parent=world.hub_lists[SOURCE], page=HubPage(title="Before", summary="x."), publish=True)
    group = ensure_hub_editors(hub)
    hub.title = "After"
    hub.save_revision().publish()
    group.refresh_from_db()
    assert group.name == f"{HUB_GROUP_PREFIX}After"
    Page.objects.get(pk=hub.pk).delete()
    assert not Group.objects.filter(pk=group.pk).exists()
    assert Collection.objects.filter(name=f"{HUB_GROUP_PREFIX}After").exists()


def test_a_list_in_one_more_language_is_open_to_the_hubs(world: World):
    Locale.objects.get_or_create(language_code="fr")
    translate(world.homes[SOURCE], "fr")
    later = translate(world.project_lists[SOURCE], "fr")
    assert (later.pk, "add") in page_actions(ensure_hub_editors(world.hub_a[SOURCE]))


def test_the_groups_migration_goes_both_ways(world: World):
    migration = import_module("cms.editorial.migrations.0002_site_groups")
    migration.remove_groups(apps, None)
    assert not Group.objects.filter(name__in=[SiteGroup.OPERATORS, SiteGroup.TRANSLATORS]).exists()
    assert not Group.objects.get(name=SiteGroup.EDITORS).permissions.filter(codename="change_sector").exists()
    migration.make_groups(apps, None)
    assert set(SiteGroup.values) <= set(Group.objects.values_list("name", flat=True))
    assert Group.objects.get(name=SiteGroup.EDITORS).permissions.filter(codename="change_sector").exists()


def test_a_renamed_hub_leaves_the_collections_in_order(world: World):
    """Collections are kept sorted by name; one that is renamed in place would break the next one that is added."""
    page = add_page(parent=world.hub_lists[SOURCE], page=HubPage(title="Aa", summary="First."), publish=True)
    add_page(parent=world.hub_lists[SOURCE], page=HubPage(title="Mm", summary="Second."), publish=True)
    page.title = "Zz"
    page.save_revision().publish()
    names = list(Collection.get_first_root_node().get_children().values_list("name", flat=True))
    assert names == sorted(names)
    assert f"{HUB_GROUP_PREFIX}Zz" in names
    add_page(parent=world.hub_lists[SOURCE], page=HubPage(title="Bb", summary="Third."), publish=True)
    assert Collection.find_problems() == ([], [], [], [], [])
