"""Machine and hand at the same text: a sentence that a person wrote stays, and what its source has left is marked."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from cms.directory.models import EntryText
from tests.worlds import SOURCE, TARGET, World

pytestmark = pytest.mark.django_db
BY_HAND = "Von Hand geschrieben."


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def translation(world: World, commit: Any) -> Translation:
    page = Page.objects.get(pk=world.pages["live_a"].pk).specific
    with commit():
        translate_object(page, [Locale.objects.get(language_code=TARGET)], user=world.users["editor"])
    return Translation.objects.get(source__object_id=page.translation_key)


def text(translation: Translation) -> EntryText:
    return EntryText.objects.get(entry_id=translation.source.object_id, language=TARGET)


def by_machine(client: Any, translation: Translation) -> Any:
    return client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))


def write_by_hand(client: Any, translation: Translation, path: str = "summary") -> None:
    segment = translation.source.stringsegment_set.get(context__path=path)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    assert client.put(address, f"value={BY_HAND}", content_type="application/x-www-form-urlencoded").status_code in {
        200,
        201,
    }


def change_source(world: World, commit: Any, **fields: Any) -> None:
    page = Page.objects.get(pk=world.pages["live_a"].pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    with commit():
        page.save_revision().publish()


def test_an_untranslated_page_is_stale_until_the_machine_was_there(world: World, visit: Any, translation: Translation):
    assert text(translation).is_stale
    assert by_machine(visit("editor"), translation).status_code == 302
    assert not text(translation).is_stale
    assert text(translation).is_machine_draft


def test_a_sentence_by_hand_survives_the_machine_and_the_source(
    world: World, visit: Any, translation: Translation, commit: Any
):
    client = visit("translator")
    write_by_hand(client, translation)
    by_machine(client, translation)
    assert not text(translation).is_machine_draft
    change_source(world, commit, title="A new title")
    assert text(translation).is_stale
    source = TranslationSource.objects.get(pk=translation.source_id)
    with commit():
        source.update_from_db()
        by_machine(client, translation)
        translation.save_target(user=world.users["editor"], publish=True)
    translated = Page.objects.get(pk=text(translation).page_id).specific
    assert translated.summary == BY_HAND
    assert not text(translation).is_stale


def test_a_changed_sentence_keeps_the_hand_made_one_on_record(
    world: World, visit: Any, translation: Translation, commit: Any
):
    client = visit("translator")
    write_by_hand(client, translation)
    by_machine(client, translation)
    with commit():
        translation.save_target(user=world.users["editor"], publish=True)
    change_source(world, commit, summary="What we do now.")
    assert text(translation).is_stale
    # Nothing has touched the page: readers still get the sentence that a person wrote.
    assert Page.objects.get(pk=text(translation).page_id).specific.summary == BY_HAND
    with commit():
        TranslationSource.objects.get(pk=translation.source_id).update_from_db()
    assert StringTranslation.objects.filter(data=BY_HAND, translation_type="manual").exists()
    assert text(translation).is_stale


@pytest.mark.parametrize("role", ["editor_b", "moderator", "outsider", "former_editor"])
def test_machines_work_only_for_those_who_may_edit(world: World, visit: Any, translation: Translation, role: str):
    assert by_machine(visit(role), translation).status_code in {302, 403, 404}
    assert not StringTranslation.objects.filter(translation_type="machine").exists()


def test_a_hub_editor_translates_what_is_linked_to_the_hub(world: World, visit: Any, commit: Any):
    page, target = world.pages["draft_a"], Locale.objects.get(language_code=TARGET)
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    with commit():
        visit("editor_a").post(address, {"locales": [target.pk]})
    assert page.has_translation(target)
    foreign = reverse("wagtail_localize:submit_page_translation", args=[world.pages["draft_b"].pk])
    visit("editor_a").post(foreign, {"locales": [target.pk]})
    assert not world.pages["draft_b"].has_translation(target)
    home = reverse("wagtail_localize:submit_page_translation", args=[world.homes[SOURCE].pk])
    assert visit("editor_a").post(home, {"locales": [target.pk]}, follow=True).status_code in {403, 404}
