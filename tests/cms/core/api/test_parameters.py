"""Each kind of parameter: what it takes, what it refuses, and that the document says the same."""

import contextlib
import uuid
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from cms.core.api.parameters import (
    BadParameterError,
    Boolean,
    Choice,
    Id,
    Integer,
    Language,
    Number,
    Parameter,
    Point,
    Reference,
    parse_query,
)

KEY = uuid.UUID("0b7f6a5e-4b0e-4d3a-9f0c-6f1f6f1c2d3e")
GOOD = [
    (Parameter("x"), "Köln", "Köln"),
    (Choice("x", choices=("a", "b")), "a", "a"),
    (Language("x"), "de", "de"),
    (Boolean("x"), "true", True),
    (Boolean("x"), "false", False),
    (Integer("x", least=1, most=100), "100", 100),
    (Number("x", above=0, most=500), "0.5", 0.5),
    (Id("x"), str(KEY), KEY),
    (Id("x"), str(KEY).upper(), KEY),
    (Reference("x"), "some-slug_1", "some-slug_1"),
    (Point("x"), "-52.5,013.25", (-52.5, 13.25)),
    (Point("x"), "90,-180", (90.0, -180.0)),
]
BAD = [
    (Parameter("x"), ""), (Parameter("x"), "x" * 201), (Parameter("x"), "a\x00b"), (Parameter("x"), "a\nb"),
    (Choice("x", choices=("a", "b")), "c"), (Language("x"), "fr"), (Boolean("x"), "TRUE"),
    (Integer("x", least=1, most=100), "0"), (Integer("x", least=1, most=100), "101"),
    (Integer("x", least=1, most=100), "²"), (Integer("x", least=1, most=100), "+5"),
    (Number("x", above=0, most=500), "0"), (Number("x", above=0, most=500), "500.01"),
    (Number("x", above=0, most=500), "1_0"), (Number("x", above=0, most=500), "٣"),
    (Id("x"), KEY.hex), (Id("x"), f"{{{KEY}}}"), (Id("x"), f"urn:uuid:{KEY}"), (Id("x"), "1"),
    (Reference("x"), "a b"), (Reference("x"), "a/b"), (Reference("x"), "x" * 256),
    (Point("x"), "91,0"), (Point("x"), "0,181"), (Point("x"), "0"), (Point("x"), "0,0,0"), (Point("x"), "nan,0"),
]  # fmt: skip
EVERY_KIND = [parameter for parameter, _text, _value in GOOD]


@pytest.mark.parametrize(("parameter", "text", "value"), GOOD)
def test_good_values(parameter: Parameter, text: str, value: Any) -> None:
    assert parameter.parse(text) == value


@pytest.mark.parametrize(("parameter", "text"), BAD)
def test_bad_values(parameter: Parameter, text: str) -> None:
    with pytest.raises(BadParameterError, match=r"\w"):
        parameter.parse(text)


@pytest.mark.parametrize("parameter", EVERY_KIND)
@given(text=st.text())
def test_any_text_is_a_value_or_refused(parameter: Parameter, text: str) -> None:
    with contextlib.suppress(BadParameterError):
        parameter.parse(text)


@given(text=st.from_regex(Point("x").schema()["pattern"].replace("$", r"\Z"), fullmatch=False))
def test_points_that_the_document_allows_fail_only_by_their_degrees(text: str) -> None:
    degrees = [abs(float(number)) for number in text.split(",")]
    if degrees[0] <= 90 and degrees[1] <= 180:
        assert Point("x").parse(text) == tuple(map(float, text.split(",")))
        return
    with pytest.raises(BadParameterError, match="between -90 and 90"):
        Point("x").parse(text)


def test_every_wrong_parameter_is_named() -> None:
    declared = {"open": Boolean("x"), "lang": Language("x")}
    with pytest.raises(ValidationError) as caught:
        parse_query(declared, QueryDict("open=true&open=false&lang=fr&foo=1"))
    assert caught.value.detail.keys() == {"open", "lang", "foo"}
    assert parse_query(declared, QueryDict("open=true")) == {"open": True}
