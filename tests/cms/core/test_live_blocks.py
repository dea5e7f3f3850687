from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string

from cms.blocks.entries import LiveFeatureBlock
from cms.core.live_blocks import (
    LiveBlock,
    live_block,
    live_block_choices,
    register_live_block,
    unregister_live_block,
)

KEY = "test-board"


@pytest.fixture
def board() -> Iterator[LiveBlock]:
    block = LiveBlock(KEY, "Idea board", lambda context: f"<p>{context['value']['title']} on a board</p>")
    register_live_block(block)
    yield block
    unregister_live_block(KEY)


def test_a_registered_block_is_offered(board: LiveBlock) -> None:
    assert live_block(KEY) is board
    assert (KEY, "Idea board") in live_block_choices()
    choices = LiveFeatureBlock().child_blocks["feature"].field.choices
    assert (KEY, "Idea board") in list(choices)


def test_a_key_is_taken_once(board: LiveBlock) -> None:
    with pytest.raises(ValueError, match=f"already is a live block called {KEY}"):
        register_live_block(board)


def test_what_is_taken_away_is_offered_no_more(board: LiveBlock) -> None:
    unregister_live_block(KEY)
    unregister_live_block(KEY)
    assert live_block(KEY) is None
    assert KEY not in dict(live_block_choices())


def render(**value: Any) -> str:
    block = LiveFeatureBlock()
    return block.render(block.to_python(value))


def test_the_block_shows_what_its_app_renders(board: LiveBlock) -> None:
    assert "<p>Ideas on a board</p>" in render(feature=KEY, title="Ideas")


def test_without_its_app_the_block_shows_nothing_and_can_be_saved() -> None:
    block = LiveFeatureBlock()
    assert render(feature="gone", title="Ideas").strip() == ""
    assert block.clean(block.to_python({"feature": "", "title": "Ideas"}))["title"] == "Ideas"


def test_the_name_of_a_feature_is_no_word_of_the_page(board: LiveBlock) -> None:
    block = LiveFeatureBlock()
    assert block.get_searchable_content(block.to_python({"feature": KEY, "title": "Ideas"})) == ["Ideas"]


def test_the_template_shows_nothing_for_nothing() -> None:
    assert render_to_string("blocks/live_feature.html", {"html": "", "value": {"title": "Ideas"}}).strip() == ""
