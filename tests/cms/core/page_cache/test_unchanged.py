"""What is read once is read again as soon as something public has changed."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from cms.core.page_cache import unchanged
from cms.core.page_cache.version import forget_version, site_changed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.PAGE_CACHE_ENABLED = True
    monkeypatch.setattr("cms.core.page_cache.version.CHECK_SECONDS", 0)
    # Every test stands in a transaction, in which nothing would be kept.
    monkeypatch.setattr(unchanged, "connection", SimpleNamespace(in_atomic_block=False))
    unchanged.forget_kept()
    yield
    unchanged.forget_kept()
    forget_version()


@pytest.fixture
def read() -> Callable[[str], str]:
    numbers = iter(range(100))

    @unchanged.while_unchanged
    def numbered(word: str) -> str:
        return f"{word} {next(numbers)}"

    return numbered


def test_it_is_read_once_for_each_argument(read: Callable[[str], str]) -> None:
    assert [read("a"), read("a"), read("b"), read("a")] == ["a 0", "a 0", "b 1", "a 0"]


def test_a_change_has_it_read_again(read: Callable[[str], str]) -> None:
    assert read("a") == read("a") == "a 0"
    site_changed()
    assert read("a") == read("a") == "a 1"


def test_within_a_transaction_nothing_is_kept(read: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "connection", SimpleNamespace(in_atomic_block=True))
    assert [read("a"), read("a")] == ["a 0", "a 1"]


def test_where_no_pages_are_kept_nothing_is(read: Callable[[str], str], settings: Any) -> None:
    settings.PAGE_CACHE_ENABLED = False
    assert [read("a"), read("a")] == ["a 0", "a 1"]
