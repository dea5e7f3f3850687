from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.directory.check import differences
from cms.directory.enums import State
from cms.directory.models import Entry, EntryHub, EntryText
from cms.directory.services import record_activity
from tests.factories.pages import (
    Tree,
    build_tree,
    make_hub,
    make_organization,
    make_project,
    translate_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return build_tree()


def test_a_draft_has_an_entry_that_nobody_sees(tree):
    page = make_project(tree, publish=False)

    entry = Entry.objects.get(pk=page.translation_key)
    assert entry.state == State.DRAFT
    assert not Entry.objects.published().exists()
    assert not EntryText.objects.live().exists()


def test_publishing_and_unpublishing_move_the_entry(tree):
    page = make_project(tree, title="Roof seven")
    entry = Entry.objects.get(pk=page.translation_key)
    assert (entry.state, entry.paths["en"]) == (State.PUBLISHED, "/en/projects/roof-seven/")

    page.unpublish()

    entry.refresh_from_db()
    assert (entry.state, entry.paths) == (State.ARCHIVED, {})


def test_a_language_without_translation_has_an_address_below_its_own_index(tree):
    page = make_project(tree, title="Roof seven")

    entry = Entry.objects.get(pk=page.translation_key)

    assert entry.paths == {"en": "/en/projects/roof-seven/", "de": "/de/projects/roof-seven/"}


def test_a_translation_is_a_second_text_of_the_same_entry(tree):
    page = make_project(tree, title="Roof seven")

    translate_page(page, tree, "de", title="Dach sieben")

    texts = EntryText.objects.filter(entry_id=page.translation_key).order_by("language")
    assert [(text.language, text.title, text.is_translation) for text in texts] == [
        ("de", "Dach sieben", True),
        ("en", "Roof seven", False),
    ]


def test_deleting_one_language_keeps_the_entry_and_deleting_all_removes_it(tree):
    page = make_project(tree)
    german = translate_page(page, tree, "de")

    german.delete()
    assert list(EntryText.objects.values_list("language", flat=True)) == ["en"]

    Page.objects.get(pk=page.pk).delete()
    assert not Entry.objects.exists()


def test_renaming_a_hub_renames_everything_below_it(tree):
    hub = make_hub(tree, title="Berlin")
    below = make_hub(tree, title="Neukölln", parent=hub)

    hub.slug = "capital"
    hub.save_revision().publish()

    assert Entry.objects.get(pk=below.translation_key).paths["en"] == "/en/hubs/capital/neukolln/"
    assert differences() == []


def test_moving_a_hub_below_another_shows_its_projects_there(tree):
    berlin, district = make_hub(tree, title="Berlin"), make_hub(tree, title="District")
    project = make_project(tree, hubs=(district,))
    assert not Entry.objects.in_hub(berlin.translation_key).exists()

    Page.objects.get(pk=district.pk).specific.move(Page.objects.get(pk=berlin.pk).specific, pos="last-child")

    assert Entry.objects.in_hub(berlin.translation_key).get().pk == project.translation_key
    assert not EntryHub.objects.get(hub_id=berlin.translation_key).is_direct
    assert differences() == []


def test_a_draft_change_of_a_public_page_changes_nothing_public(tree):
    page = make_project(tree, title="Roof seven")
    page.title = "Something else"
    page.save_revision()

    assert EntryText.objects.get().title == "Roof seven"


def test_fresh_activity_lifts_an_entry_above_an_equal_one(tree, monkeypatch):
    older, newer = make_project(tree), make_project(tree)
    # Ranks are rounded: what happens within the same second counts as equally fresh.
    later = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr("cms.directory.services.timezone.now", lambda: later)

    record_activity(entry_id=older.translation_key)

    order = Entry.objects.order_by("-rank").values_list("pk", flat=True)
    assert list(order) == [older.translation_key, newer.translation_key]


def test_the_check_sees_what_was_changed_behind_the_services(tree):
    page = make_project(tree, leads=(make_organization(tree),))
    assert differences() == []

    Entry.objects.filter(pk=page.translation_key).update(is_open=True)
    EntryText.objects.filter(entry=page.translation_key).update(title="Something else")

    assert len(differences()) == 2
