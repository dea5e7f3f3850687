import pytest
from django.core.management import CommandError, call_command

from cms.directory.models import Entry, EntryHub, EntryText
from cms.exchange import scale
from tests.cms.exchange.conftest import Site
from tests.factories.pages import make_project


def rows() -> list[tuple]:
    texts = EntryText.objects.order_by("page_id").values_list("entry_id", "language", "title", "search_text")
    return [*texts, *Entry.objects.order_by("pk").values_list("pk", "rank", "place_id", "latitude", "start_date")]


@pytest.fixture
def empty(site: Site) -> Site:
    """A site without any entry, not even hubs."""
    Entry.objects.all().delete()
    return site


def test_the_same_seed_makes_the_same_entries(empty: Site) -> None:
    scale.load(number=120, seed=3)
    first = rows()
    assert Entry.objects.published().count() == 120
    assert Entry.objects.of_kind("project").count() == 120 - 1 - 18 - 16
    assert EntryHub.objects.exists()
    assert Entry.objects.with_text("en").filter(text_title="").count() == 0
    scale.load(number=120, seed=3)
    assert rows() == first
    scale.load(number=120, seed=4)
    assert rows() != first


def test_words_are_common_middling_and_rare(empty: Site) -> None:
    from collections import Counter

    scale.load(number=300)
    texts = EntryText.objects.values_list("search_text", flat=True)
    found = Counter(word for text in texts for word in set(text.lower().replace(".", "").split()))
    counts = sorted(found.values(), reverse=True)
    assert counts[0] > len(texts) * 0.9
    assert sum(count == 1 for count in counts) > 300
    assert sum(10 < count < 100 for count in counts) > 20


def test_real_content_is_neither_mixed_with_nor_removed(site: Site) -> None:
    page = make_project(site.tree)
    with pytest.raises(CommandError):
        call_command("load_scale", entries=50)
    assert not scale.synthetic().exists()
    call_command("load_scale", entries=50, force=True)
    assert scale.synthetic().count() == 50
    call_command("load_scale", remove=True)
    assert not scale.synthetic().exists()
    assert Entry.objects.filter(pk=page.translation_key).exists()


@pytest.mark.parametrize("number", [0, -1])
def test_a_number_of_entries_is_above_zero(number: int) -> None:
    with pytest.raises(CommandError):
        call_command("load_scale", entries=number)
