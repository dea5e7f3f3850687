from hypothesis import given
from hypothesis import strategies as st

from cms.exchange.streams import paragraphs_to_stream, part_count, shape, stream_to_paragraphs


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n<>&")))
def test_plain_text_comes_back_as_it_was_meant(text: str) -> None:
    stream = paragraphs_to_stream(text)
    again = stream_to_paragraphs(stream)
    assert again is not None
    assert paragraphs_to_stream(again) == stream


def test_what_is_more_than_paragraphs_is_no_plain_text() -> None:
    assert stream_to_paragraphs([]) == ""
    for html in ("<p>a <b>b</b></p>", "<h3>a</h3>", "<p>a&nbsp;b</p>", "a", "<p>a</p> <p>b</p>"):
        assert stream_to_paragraphs([{"type": "text", "value": html}]) is None
    assert stream_to_paragraphs([{"type": "quote", "value": {}}]) is None


def test_the_shape_of_a_text_is_its_parts() -> None:
    one, two = paragraphs_to_stream("a\n\nb"), paragraphs_to_stream("c\n\nd")
    assert shape(one) == shape(two) != shape(paragraphs_to_stream("a"))
    assert part_count(one) == 2
    quote = [{"type": "quote", "value": {"text": "a < b", "person": ""}}]
    assert shape(quote) == shape([{"type": "quote", "value": {"text": "b", "person": "c"}}]) != shape(one)
