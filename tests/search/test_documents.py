"""Documents and words are what their sources say, whatever editors do."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from cms.directory.models import Entry, EntryText
from cms.directory.services import rebuild as rebuild_directory
from cms.directory.services import record_activity, refresh_ranks
from cms.taxonomy.models import Sector
from search.backends import Scope
from search.models import SearchDocument, Word
from search.registry import FoundText, Source, register
from search.selectors import search, suggestions
from search.services import WRITTEN, document_of, rebuild, write_words
from search.sources import ENTRIES, every_entry
from tests.factories.pages import build_tree, make_hub, make_project, translate_page
from tests.factories.places import PlaceFactory
from tests.factories.search import find

pytestmark = pytest.mark.django_db


def stored() -> dict[Any, Any]:
    return {
        (one.object_id, one.language): [getattr(one, name) for name in WRITTEN] for one in SearchDocument.objects.all()
    }


def said() -> dict[Any, Any]:
    """Return what would be stored if everything were written anew."""
    texts = ENTRIES.read(list(every_entry()))
    made = [document_of(ENTRIES.name, text) for text in texts]
    return {(one.object_id, one.language): [getattr(one, name) for name in WRITTEN] for one in made}


def words() -> set[tuple[str, str, int]]:
    return set(Word.objects.values_list("language", "word", "number"))


def assert_in_step() -> None:
    assert stored() == said()


def test_documents_follow_editors(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tree = build_tree()
        project = make_project(tree, title="Lanterns")
        assert_in_step()
        assert search("lanterns", Scope("en")).total == 1
        assert search("lanterns", Scope("de")).total == 1

        project.title = "Candles"
        project.save_revision()
        assert search("candles", Scope("en")).total == 0
        project.save_revision().publish()
        assert_in_step()
        assert (search("lanterns", Scope("en")).total, search("candles", Scope("en")).total) == (0, 1)

        hub = make_hub(tree, title="Beacon")
        hub.slug = "another-address"
        hub.save_revision().publish()
        assert_in_step()

        record_activity(entry_id=project.translation_key)
        Entry.objects.update(member_count=50)
        refresh_ranks()
        assert_in_step()

        type(project).objects.get(pk=project.pk).unpublish()
        assert_in_step()
        assert search("candles", Scope("en")).total == 0

        type(project).objects.get(pk=project.pk).delete()
        assert_in_step()
    counted = words()
    write_words()
    assert counted == words()
    assert suggestions("cand", "en") == []


def test_documents_follow_translations() -> None:
    tree = build_tree()
    project = make_project(tree, title="Candles")
    german = translate_page(project, tree, "de", title="Kerzen")
    assert_in_step()
    assert search("candles", Scope("de")).total == 0
    assert search("kerzen", Scope("de")).total == 1

    german.unpublish()
    assert_in_step()
    assert search("candles", Scope("de")).total == 1

    type(german).objects.get(pk=german.pk).delete()
    assert_in_step()


def test_without_the_receiver_documents_would_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = build_tree()
    project = make_project(tree, title="Lanterns")
    monkeypatch.setattr("search.receivers.write_documents", lambda *_arguments: None)
    project.title = "Candles"
    project.save_revision().publish()
    assert stored() != said()


def test_a_publication_that_fails_leaves_no_trace() -> None:
    tree = build_tree()
    project = make_project(tree, title="Lanterns")
    project.title = "Candles"

    def publish_and_fail() -> None:
        with transaction.atomic():
            project.save_revision().publish()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()
    assert search("candles", Scope("en")).total == 0
    assert search("lanterns", Scope("en")).total == 1


def test_renamed_terms_and_places_are_found_by_their_new_names(django_capture_on_commit_callbacks: Any) -> None:
    tree = build_tree()
    sector = Sector.objects.create(name="Peat", slug="peat", locale=tree.locales["en"])
    place = PlaceFactory(name="Oldtown")
    make_project(tree, title="Bog", place=place, sectors=[sector])
    assert search("peat oldtown", Scope("en")).total == 1
    with django_capture_on_commit_callbacks(execute=True):
        sector.name = "Moorland"
        sector.save()
        place.name = "Newtown"
        place.save()
    assert search("moorland newtown", Scope("en")).total == 1
    assert search("peat", Scope("en")).total == 0
    assert_in_step()


def test_rebuilding_mends_everything() -> None:
    kept, gone = find(title="Kept"), find(title="Gone")
    EntryText.objects.filter(entry=kept).update(title="Changed behind our back")
    Entry.objects.filter(pk=gone.pk).delete()
    SearchDocument.objects.create(
        source="uninstalled", object_id=kept.pk, language="en", configuration="english", kind="x", title="Ghost",
        folded_title="ghost", readers=",en,",
    )  # fmt: skip
    Word.objects.all().delete()
    call_command("rebuild_search", verbosity=0)
    assert_in_step()
    assert {word for _language, word, _number in words()} == {"changed", "behind", "our", "back"}
    assert search("ghost", Scope("en")).total == search("gone", Scope("en")).total == 0
    before = (stored(), words())
    assert rebuild() == 1
    assert (stored(), words()) == before


def test_rebuilding_the_directory_removes_what_has_no_page() -> None:
    find(title="Without a page")
    build_tree()
    rebuild_directory()
    assert search("page", Scope("en")).total == 0
    assert_in_step()


def test_writing_the_same_again_writes_nothing(django_assert_max_num_queries: Any) -> None:
    tree = build_tree()
    project = make_project(tree, title="Lanterns")
    before = SearchDocument.objects.get(object_id=project.translation_key).updated_at
    project.save_revision().publish()
    document = SearchDocument.objects.get(object_id=project.translation_key)
    assert document.title == "Lanterns"
    assert document.updated_at >= before


def test_a_long_body_is_cut() -> None:
    find(title="Long", body="endless " * 50_000)
    assert search("endless", Scope("en")).total == 1


def test_a_second_source_may_not_take_a_name_or_a_kind() -> None:
    def nothing(_ids: Any) -> list[FoundText]:
        return []

    for name, kind in ((ENTRIES.name, "idea"), ("ideas", "project")):
        with pytest.raises(ValueError, match="knows"):
            register(Source(name=name, kinds={kind: kind}, read=nothing, every_id=list))
    register(ENTRIES)
