from collections.abc import Iterator

import pytest

from cms.core.sections import register_section, sections_for, unregister_section

KIND = "test-kind"


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    yield
    for section in list(sections_for(KIND)):
        unregister_section(kind=KIND, name=section.name)


def test_sections_stand_in_their_order_whoever_came_first() -> None:
    register_section(kind=KIND, name="ideas", component=lambda *_: "", order=50)
    register_section(kind=KIND, name="chat", component=lambda *_: "")
    register_section(kind=KIND, name="goal", component=lambda *_: "", order=10)
    assert [section.name for section in sections_for(KIND)] == ["goal", "ideas", "chat"]


def test_sections_of_the_same_order_stand_by_name() -> None:
    for name in ("b", "a", "c"):
        register_section(kind=KIND, name=name, component=lambda *_: "")
    assert [section.name for section in sections_for(KIND)] == ["a", "b", "c"]


def test_a_name_is_taken_once_a_kind() -> None:
    register_section(kind=KIND, name="chat", component=lambda *_: "")
    with pytest.raises(ValueError, match="already has a part called chat"):
        register_section(kind=KIND, name="chat", component=lambda *_: "")
    register_section(kind="another-kind", name="chat", component=lambda *_: "")
    unregister_section(kind="another-kind", name="chat")


def test_what_is_taken_away_is_gone_and_what_never_was_does_not_matter() -> None:
    register_section(kind=KIND, name="chat", component=lambda *_: "")
    unregister_section(kind=KIND, name="chat")
    unregister_section(kind=KIND, name="chat")
    unregister_section(kind="never-heard-of", name="chat")
    assert not list(sections_for(KIND))
