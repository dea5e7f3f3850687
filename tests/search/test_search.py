"""What is found, in which order; the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.directory.enums import Kind, State
from cms.directory.models import EntryHub, EntryTerm
from cms.places.models import PlaceName
from cms.taxonomy.enums import Vocabulary
from search.backends import Scope, backend
from search.models import SearchDocument, Word
from search.queries import parse
from search.selectors import documents, search, suggestions
from search.services import write_documents
from search.sources import ENTRIES
from tests.factories.directory import make_terms
from tests.factories.places import PlaceFactory
from tests.factories.search import find

pytestmark = pytest.mark.django_db


def titles(text: str, language: str = "en", **scope: object) -> list[str]:
    return [document.title for _hit, document in documents(search(text, Scope(language, **scope)).hits)]


def things(text: str, language: str = "en", **scope: object) -> list[object]:
    return [document.object_id for _hit, document in documents(search(text, Scope(language, **scope)).hits)]


def test_title_before_summary_before_body() -> None:
    find(title="Bread", body="We grow tomatoes.")
    find(title="Soil", summary="About tomatoes.")
    find(title="Tomatoes")
    assert titles("tomatoes") == ["Tomatoes", "Soil", "Bread"]


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("en", "Community gardens", "garden"),
        ("en", "Planning a street", "plans"),
        ("de", "Gärten am Fluss", "Garten"),
        ("de", "Ein Garten", "gärten"),
        ("de", "Alle Projekte", "Projekten"),
        ("de", "Häuser", "Haus"),
    ],
)
def test_other_forms_of_a_word(language: str, written: str, asked: str) -> None:
    find(title=written, languages=(language,))
    assert titles(asked, language) == [written]


def test_every_word_has_to_be_there() -> None:
    find(title="Solar roof")
    find(title="Green roof")
    assert titles("solar roof") == ["Solar roof"]
    assert titles("the solar and the roof") == ["Solar roof"]


def test_phrases_and_what_is_left_out() -> None:
    find(title="Tiny house village")
    find(title="A house, not tiny")
    assert titles('"tiny house"') == ["Tiny house village"]
    assert titles("house -village") == ["A house, not tiny"]
    assert titles('house -"tiny house"') == ["A house, not tiny"]


@pytest.mark.parametrize("text", ["the and of", "-house", "🦜", "", "   ", "the -house", '"', "- -", "؟"])
def test_what_says_nothing_finds_nothing(text: str) -> None:
    find(title="The house and the garden of der Parrot")
    assert search(text, Scope("en")).total == 0
    assert search(text, Scope("de")).total == 0


@pytest.mark.parametrize(
    "text", ["OR", "NEAR(a b)", "a AND", "title:house", "house*", "^house", "house & | !", "'; --"]
)
def test_operators_are_text(text: str) -> None:
    find(title="House")
    assert search(text, Scope("en")).total in {0, 1}


def test_a_text_is_shown_to_those_whose_language_is_missing() -> None:
    german = find(title="Lastenrad", languages=("de",))
    both = find(title="Fahrrad", languages=("de", "en"))
    assert titles("lastenrad", "en") == ["Lastenrad"]
    assert things("fahrrad") == [both.pk]
    assert documents(search("fahrrad", Scope("en")).hits)[0][1].language == "en"
    document = SearchDocument.objects.get(object_id=german.pk)
    assert document.paths["en"].startswith("/en/")


def test_words_are_found_without_the_right_keys() -> None:
    find(title="Straßenfest in Münster", languages=("de",))
    for text in ("münster", "munster", "muenster", "MÜNSTER", "strassenfest"):
        assert titles(text, "de") == ["Straßenfest in Münster"], text
        assert titles(text, "en") == ["Straßenfest in Münster"], text


def test_drafts_are_not_found() -> None:
    find(title="Secret", state=State.DRAFT)
    find(title="Secret", state=State.ARCHIVED)
    assert search("secret", Scope("en")).total == 0


def test_place_and_terms_are_found_but_not_shown() -> None:
    terms = make_terms()
    place = PlaceFactory(name="Munich", names={"de": "München"})
    entry = find(title="Roof", place=place)
    EntryTerm.objects.create(entry=entry, vocabulary=Vocabulary.SECTOR, key=terms["balcony-solar"].translation_key)
    write_documents(ENTRIES, [entry.pk])
    for text in ("munich", "münchen", "balcony-solar", "solar"):
        assert titles(text) == ["Roof"], text


def test_kinds_are_counted_whatever_kind_is_asked_for() -> None:
    find(title="Solar one")
    find(title="Solar two")
    find(Kind.STORY, title="Solar three")
    everything, stories = search("solar", Scope("en")), search("solar", Scope("en", kind=Kind.STORY))
    assert everything.counts == stories.counts == {"project": 2, "story": 1}
    assert [hit.kind for hit in stories.hits] == ["story"]


def test_around_a_hub() -> None:
    hub, inside, _outside = find(Kind.HUB, title="Solar hub"), find(title="Solar in"), find(title="Solar out")
    EntryHub.objects.create(entry=inside, hub=hub)
    assert set(things("solar", hub_ids=(hub.pk,))) == {hub.pk, inside.pk}


def test_typing_errors_are_mended() -> None:
    find(title="Solar panels")
    find(title="Repair")
    for text in ("solr", "sloar", "soalr", "panals", "repiar", "solar panles"):
        outcome = search(text, Scope("en"))
        assert outcome.total == 1, text
        assert outcome.meant, text
    assert search("solar", Scope("en")).meant is None
    assert search('"sloar" -mud', Scope("en")).meant == '"solar" -mud'


def test_nothing_is_mended_into_something_else() -> None:
    find(title="Solar panels")
    for text in ("xqzxqz", "molar tooth", "so", "12345"):
        outcome = search(text, Scope("en"))
        assert (outcome.total, outcome.meant) == (0, None), text


def test_longer_words_count_when_little_is_found() -> None:
    find(title="Solaranlage", languages=("de",))
    find(title="Solar", languages=("de",))
    assert titles("solar", "de") == ["Solar", "Solaranlage"]
    assert titles("Solaranl", "de") == ["Solaranlage"]


def test_the_weightiest_of_many_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.selectors.MOST_CANDIDATES", 3)
    engine = type(backend())
    monkeypatch.setattr(engine, "hits", lambda self, query, scope: super(engine, self).hits(query, scope, 3))
    for rank in range(6):
        find(title="Common", rank=rank)
    story = find(Kind.STORY, title="Common", rank=-1)
    outcome = search("common", Scope("en"))
    assert outcome.is_capped
    assert [hit.weight for hit in outcome.hits] == [5, 4, 3]
    assert things("common", kind=Kind.STORY) == [story.pk]


def test_the_number_of_statements(django_assert_num_queries: object) -> None:
    for number in range(12):
        find(title=f"Solar panel {number}")
    search("solar", Scope("en"))  # common words are read once a minute
    with django_assert_num_queries(1):
        search("solar", Scope("en", kind=Kind.PROJECT))
    with django_assert_num_queries(4):
        search("sloar", Scope("en"))
    with django_assert_num_queries(3):
        suggestions("sol", "en")
    with django_assert_num_queries(4):
        assert [one.text for one in suggestions("sloar", "en")] == ["solar"]


def test_suggestions() -> None:
    make_terms()
    place = PlaceFactory(name="Solingen")
    PlaceName.objects.get_or_create(place=place, language="", folded="solingen")
    find(title="Round the solstice", rank=9)
    find(title="Solar clinic", place=place)
    find(title="Insolent", rank=10)
    found = suggestions("Sol", "en")
    assert [(one.text, one.kind) for one in found] == [
        ("Solar clinic", "project"),
        ("Round the solstice", "project"),
        ("Insolent", "project"),
        ("solar en", "sector"),
        ("Solingen", "place"),
    ]
    assert found[0].path.startswith("/en/")
    assert suggestions("s", "en") == suggestions("🦜", "en") == suggestions("", "en") == []
    assert suggestions("so", "en")[0].text == "Solar clinic"


HARD = st.text(max_size=120) | st.text(alphabet="\"'-*()&|!:<>%_\\^~ aANDORNEAR{}[]@#🦜ß٣\u202e\u200b.,;/", max_size=60)


@given(HARD, st.sampled_from(["en", "de"]))
def test_no_text_breaks_it(text: str, language: str) -> None:
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode()
    search(clean, Scope(language))
    suggestions(clean, language)


@pytest.mark.services
@pytest.mark.parametrize("number", [1, 1_000_000_000])
def test_common_and_rare_words_find_the_same(number: int) -> None:
    """What the numbers of words say decides how it is looked for, not what is found."""
    for rank in range(8):
        find(title=f"Solar roof {rank}", rank=rank, languages=("en", "de"))
    Word.objects.update(number=number)
    hits = backend().hits(parse("solar roof"), Scope("en"), 4)
    assert [hit.weight for hit in hits] == [7, 6, 5, 4, 3]
    assert [hit.weight for hit in backend().hits(parse("solar"), Scope("de"), 2)] == [7, 6, 5]
    assert backend().hits(parse("solar mud"), Scope("en")) == []
