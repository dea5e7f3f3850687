"""Themes can be read: the shipped ones, and whatever an editor may save."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.contrast import TEXT_MINIMUM, contrast, is_colour, luminance
from cms.core.themes import DEFAULT_THEME, THEMES, stylesheet, theme_properties
from cms.hubs.enums import HeadlineFace
from cms.hubs.themes import INK, SOFT_INK, hub_properties, ink_on, weak_pairs

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@given(colours, colours)
def test_contrast_is_symmetrical_and_within_bounds(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001
    assert contrast(one, one) == 1


@given(st.tuples(st.integers(0, 254), st.integers(0, 255), st.integers(0, 255)))
def test_more_light_in_a_channel_is_more_light(channels: tuple[int, int, int]) -> None:
    red, green, blue = channels
    assert luminance(f"#{red:02x}{green:02x}{blue:02x}") < luminance(f"#{red + 1:02x}{green:02x}{blue:02x}")


@given(st.text(max_size=9))
def test_only_six_digits_are_a_colour(text: str) -> None:
    is_one = len(text) == 7 and text[0] == "#" and all(sign in "0123456789abcdefABCDEF" for sign in text[1:])
    assert is_colour(text) is is_one


@pytest.mark.parametrize("text", ["#12345", "#1234567", "red", "#12345g", "#123456\n", "#123456;}", "#١٢٣٤٥٦"])
def test_nothing_else_gets_into_a_stylesheet(text: str) -> None:
    assert not is_colour(text)
    with pytest.raises(ValueError, match="#rrggbb"):
        weak_pairs(text, "#ffffff", is_night=False)


@given(colours)
def test_one_of_the_two_inks_can_be_read_on_every_accent(accent: str) -> None:
    assert contrast(ink_on(accent), accent) >= 4.1  # the worst grey there is


@given(colours, colours, st.booleans())
def test_what_passes_can_be_read(accent: str, paper: str, is_night: bool) -> None:
    weak = {name for name, _ratio in weak_pairs(accent, paper, is_night=is_night)}
    pairs = {
        "accent": (accent, paper),
        "accent_ink": (ink_on(accent), accent),
        "ink": (INK[is_night], paper),
        "soft_ink": (SOFT_INK[is_night], paper),
    }
    assert weak == {name for name, pair in pairs.items() if contrast(*pair) < TEXT_MINIMUM}


@pytest.mark.parametrize("key", THEMES)
@pytest.mark.parametrize("is_night", [False, True])
def test_the_shipped_themes_can_be_read(key: str, is_night: bool) -> None:
    theme = THEMES[key]
    assert not weak_pairs(theme.accent[is_night], theme.paper[is_night], is_night=is_night)
    assert contrast(theme.accent_ink[is_night], theme.accent[is_night]) >= TEXT_MINIMUM


def test_a_theme_is_one_rule_of_custom_properties() -> None:
    rule = stylesheet(":root", theme_properties(THEMES[DEFAULT_THEME]))
    assert rule.startswith(":root{--hub-accent:light-dark(#17704a,#7dcc9c);")
    assert rule.count("{") == rule.count("}") == 1


@pytest.mark.parametrize("face", HeadlineFace.values)
def test_every_headline_face_has_its_properties(face: str) -> None:
    properties = hub_properties(("#17704a", "#7dcc9c"), ("#f7f2e8", "#0e1d20"), face)
    assert {"hub-accent", "hub-accent-ink", "hub-paper", "headline-face", "headline-weight"} <= set(properties)
