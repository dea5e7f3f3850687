from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def in_batches(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield the items in tuples of at most `size`. (itertools.batched needs Python 3.12.)"""
    iterator = iter(items)
    while batch := tuple(islice(iterator, size)):
        yield batch
