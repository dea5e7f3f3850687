"""Pages of a list by position instead of number: no counting, no row twice or missed while others come and go.

A cursor names the row where a page begins or ends. It is signed, and bound to the view, the filters and the order: the
cursor of another query is refused, because it would silently show a different list.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.core.signing import BadSignature, Signer
from django.db import connections
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from .parameters import BadParameterError, Integer, Parameter

DEFAULT_PAGE_SIZE = 20
LARGEST_PAGE_SIZE = 100
# A title of 255 characters of four bytes each, escaped and encoded, and the signature.
LONGEST_CURSOR = 4_000

PAGE_PARAMETERS: dict[str, Parameter] = {
    "cursor": Parameter(
        "Where to go on, from `next` or `previous` of an answer. Valid only with the same filters and order.",
        longest=LONGEST_CURSOR,
    ),
    "page_size": Integer("Rows in an answer.", least=1, most=LARGEST_PAGE_SIZE, default=DEFAULT_PAGE_SIZE),
}


@dataclass(frozen=True)
class SortKey:
    """A column or annotation to sort by; the id decides between equals, the smaller first unless `is_mirrored`.

    A mirrored order is another one read backwards, so that the same index serves both. `are_nulls_last` None leaves
    rows without a value where the database's index has them.
    """

    name: str
    read: Callable[[Any], Any]
    is_descending: bool = False
    is_nullable: bool = False
    are_nulls_last: bool | None = None
    is_worded: bool = False
    is_mirrored: bool = False

    def order(self, *, is_forward: bool) -> tuple[Any, str]:
        """Return what `order_by` takes, for walking towards the end or back to the beginning."""
        is_descending = self.is_descending == is_forward
        modifier: dict[str, bool] = {}
        if self.are_nulls_last is not None:
            modifier = {"nulls_last" if self.are_nulls_last == is_forward else "nulls_first": True}
        column = F(self.name).desc(**modifier) if is_descending else F(self.name).asc(**modifier)
        return column, "pk" if self.has_ids_upwards(is_forward=is_forward) else "-pk"

    def has_ids_upwards(self, *, is_forward: bool) -> bool:
        """Return whether equals stand by growing id when one walks this way."""
        return is_forward != self.is_mirrored

    def puts_nulls_last(self, alias: str) -> bool:
        """Return whether rows without a value come last on this database."""
        if self.are_nulls_last is not None:
            return self.are_nulls_last
        return self.is_descending == connections[alias].features.order_by_nulls_first


@dataclass(frozen=True)
class Position:
    """A row of the list, and the way to go from it. `is_inclusive`: the row itself belongs to the page."""

    value: Any
    id: str
    is_forward: bool = True
    is_inclusive: bool = False

    def turned(self) -> "Position":
        """Return the way back: what this one leaves out, that one begins with."""
        return Position(self.value, self.id, not self.is_forward, not self.is_inclusive)


@dataclass(frozen=True)
class Slice:
    """The rows of one page, and where the neighbouring pages begin."""

    rows: list[dict[str, Any]]
    next: Position | None
    previous: Position | None


def slice_of(rows: QuerySet[Any, dict[str, Any]], key: SortKey, position: Position | None, size: int) -> Slice:
    """Return one page of a `.values()` queryset that holds `id` and the key's column. One query."""
    is_forward = position is None or position.is_forward
    if position is not None:
        rows = rows.filter(_beyond(key, position, nulls_last=key.puts_nulls_last(rows.db)))
    found = list(rows.order_by(*key.order(is_forward=is_forward))[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if not is_forward:
        found.reverse()
    onward = _position(found[-1], key, is_forward=True) if found else None
    back = _position(found[0], key, is_forward=False) if found else None
    if position is None:
        return Slice(found, onward if has_more else None, None)
    if is_forward:
        return Slice(found, onward if has_more else None, back or position.turned())
    return Slice(found, onward or position.turned(), back if has_more else None)


def _position(row: dict[str, Any], key: SortKey, *, is_forward: bool) -> Position:
    return Position(row[key.name], str(row["id"]), is_forward)


def _beyond(key: SortKey, position: Position, *, nulls_last: bool) -> Q:
    inclusive = "e" if position.is_inclusive else ""
    beyond = "gt" if key.has_ids_upwards(is_forward=position.is_forward) else "lt"
    tie = Q(**{f"pk__{beyond}{inclusive}": UUID(position.id)})
    are_nulls_ahead = nulls_last == position.is_forward
    is_null = Q(**{f"{key.name}__isnull": True})
    if position.value is None:
        same = is_null & tie
        return same if are_nulls_ahead else same | ~is_null
    comparison = "lt" if key.is_descending == position.is_forward else "gt"
    # In this shape the first comparison is a range of the index, and only equals are looked at one by one.
    further = Q(**{f"{key.name}__{comparison}e": position.value}) & (
        Q(**{f"{key.name}__{comparison}": position.value}) | tie
    )
    return further | is_null if key.is_nullable and are_nulls_ahead else further


def write_cursor(position: Position, fingerprint: str) -> str:
    """Return the position as a text for addresses. `fingerprint` says which list it is a position in."""
    payload = orjson.dumps([position.value, position.id, position.is_forward, position.is_inclusive])
    return _signer(fingerprint).sign(urlsafe_b64encode(payload).decode().rstrip("="))


def read_cursor(text: str, fingerprint: str, key: SortKey) -> Position:
    """Return the position that a cursor holds. Raises BadParameterError unless it was written for this very list."""
    try:
        encoded = _signer(fingerprint).unsign(text)
        value, row_id, is_forward, is_inclusive = orjson.loads(urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (BadSignature, binascii.Error, orjson.JSONDecodeError) as error:
        raise BadParameterError(_("This cursor belongs to another query. Begin without one.")) from error
    return Position(None if value is None else key.read(value), row_id, is_forward, is_inclusive)


def _signer(fingerprint: str) -> Signer:
    return Signer(salt=f"api.cursor:{fingerprint}", sep=".")


def read_time(value: str) -> datetime:
    """Return the time that a cursor holds."""
    return datetime.fromisoformat(value)


def read_date(value: str) -> date:
    """Return the day that a cursor holds."""
    return date.fromisoformat(value)
