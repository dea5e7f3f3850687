"""Words, stems and queries: pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.queries import LONGEST_QUERY, Query, cleaned, parse
from search.spelling import distance
from search.words import configuration_of, known_words, other_spellings, stem


@pytest.mark.parametrize(
    "forms",
    [
        ("garten", "gartens", "garten"),
        ("projekt", "projekte", "projekten", "projektes"),
        ("haus", "hauser", "hausern", "hauses"),
        ("baum", "baume", "baumen"),
        ("rad", "rader", "radern"),
        ("solaranlage", "solaranlagen"),
    ],
)
def test_german_forms_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form, "german") for form in forms}) == 1


@pytest.mark.parametrize(
    "forms", [("panel", "panels"), ("garden", "gardens"), ("story", "stories"), ("plan", "plans", "planning")]
)
def test_english_forms_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form, "english") for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("haus", "hase"), ("wald", "wand"), ("rad", "rat")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one, "german") != stem(other, "german")


def test_languages_without_rules_are_left_alone(settings) -> None:
    assert configuration_of("en") == "english"
    assert configuration_of("de-at") == "german"
    assert configuration_of("xx") == "simple"
    assert stem("casas", "simple") == "casas"


def test_spellings_without_the_key() -> None:
    assert other_spellings("Köln und Gießen") == ["giessen", "koeln", "koln"]
    assert known_words("Der Köln 12 x") == {"der": "der", "koln": "köln"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("solar panels", Query("", "solar panels")),
        ('"tiny house" berlin', Query("", "berlin", ("tiny house",))),
        ("garden -shed", Query("", "garden", (), ("shed",))),
        ('garden -"raised bed"', Query("", "garden", (), ("raised bed",))),
        ("e-mail", Query("", "e-mail")),
        ("2024 - 2026", Query("", "2024 2026")),
        ('open "quote', Query("", "open quote")),
        ("a OR b & !c | (d) NEAR/2 *", Query("", "a OR b !c (d) NEAR/2")),
        ('🦜 -- "" -', Query("")),
    ],
)
def test_queries_are_taken_apart(text: str, expected: Query) -> None:
    found = parse(text)
    assert (found.plain, found.phrases, found.excluded) == (expected.plain, expected.phrases, expected.excluded)


@given(st.text(max_size=300))
def test_no_text_is_refused(text: str) -> None:
    query = parse(text)
    assert query.is_empty == (not query.wanted)
    short = cleaned(text)
    assert len(short) <= LONGEST_QUERY
    assert cleaned(short) == short
    assert "\x00" not in short
    assert "\n" not in short


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("solar", "solar", 0), ("sloar", "solar", 1), ("solr", "solar", 1), ("", "abc", 3), ("kitten", "sitting", 3)],
)
def test_distance(one: str, other: str, expected: int) -> None:
    assert distance(one, other) == expected
    assert distance(other, one) == expected
