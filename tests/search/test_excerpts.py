"""What is shown of a text, and what is marked."""

from hypothesis import given
from hypothesis import strategies as st

from search.excerpts import ELLIPSIS, LONGEST_EXCERPT, Highlighter
from search.queries import parse


def marked(segments: list) -> list[str]:
    return [segment["text"] for segment in segments if segment["is_match"]]


def test_every_form_of_a_word_is_marked() -> None:
    found = Highlighter(parse("garten")).segments("Die Gärten und ein Gartenzaun", "german")
    assert marked(found) == ["Gärten"]
    assert "".join(segment["text"] for segment in found) == "Die Gärten und ein Gartenzaun"


def test_markup_stays_text() -> None:
    found = Highlighter(parse("script")).segments("<script>alert(1)</script>", "english")
    assert "".join(segment["text"] for segment in found) == "<script>alert(1)</script>"


def test_words_that_say_nothing_and_excluded_ones_are_not_marked() -> None:
    assert marked(Highlighter(parse("the garden -shed")).segments("the garden the shed", "english")) == ["garden"]


def test_the_excerpt_is_the_summary_unless_only_the_body_has_it() -> None:
    body = "word " * 100 + "needle " + "word " * 100
    highlighter = Highlighter(parse("needle"))
    assert highlighter.excerpt("A needle in short.", body, "english")[0]["text"] == "A "
    found = highlighter.excerpt("Nothing here.", body, "english")
    assert marked(found) == ["needle"]
    assert found[0]["text"].startswith(ELLIPSIS)
    assert found[-1]["text"].endswith(ELLIPSIS)
    assert "".join(piece["text"] for piece in Highlighter(parse("other")).excerpt("", body, "english")).endswith("…")


@given(st.text(max_size=60), st.text(max_size=900), st.text(max_size=900))
def test_pieces_are_short_and_take_turns(query: str, summary: str, body: str) -> None:
    highlighter = Highlighter(parse(query))
    assert "".join(piece["text"] for piece in highlighter.segments(body, "german")) == body
    found = highlighter.excerpt(summary, body, "english")
    assert len("".join(piece["text"] for piece in found)) <= LONGEST_EXCERPT + 4
    assert all(piece["text"] for piece in found)
