"""Statements whose shape is always the same: built and compiled by Django once in a process, not once in each request.

Building a union of ten joins takes Django longer than PostgreSQL needs to answer it. Here the queryset is built with
stand-ins for the values, and what it was compiled to is run with the real ones in their place.
"""

from collections.abc import Callable, Collection, Iterator
from copy import copy
from functools import update_wrapper
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

# Ids come in any number up to a page's worth. They are filled up to one of these by repeating the last one, which
# changes nothing in `IN (…)`, so that only a few statements have to be known.
NUMBERS = (1, 2, 5, 10, 20, 25, 50, 100)
# No row has this text, or ids in this range.
STAND_IN_TEXT = "\x1astand-in"
STAND_IN_ID = UUID("0ff5e7aa-57a2-4d1f-8000-000000000000").int

Value = Collection[UUID] | str
# The compiler with what it knows of columns, the statement ("" where there is nothing to ask), and its parameters.
Compiled = tuple[SQLCompiler, str, tuple[Any, ...]]


class Prepared:
    """A function that returns a queryset of `values_list` rows for ids and texts, all given by name.

    The function may ask whether ids are empty; otherwise values may only be compared with, in the database.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.build = build
        self._known: dict[tuple[Any, ...], Compiled] = {}
        update_wrapper(self, build)

    def __call__(self, **values: Value) -> Iterator[tuple[Any, ...]]:
        """Yield the rows for these values. One query."""
        filled = {name: value if isinstance(value, str) else _filled(list(value)) for name, value in values.items()}
        stand_ins = dict(_stand_ins(filled))
        shape = (
            connections[DEFAULT_DB_ALIAS].vendor,
            *((name, len(value) if isinstance(value, list) else None) for name, value in filled.items()),
        )
        if shape not in self._known:
            self._known[shape] = _compiled(self.build(**stand_ins))
        known, sql, parameters = self._known[shape]
        if not sql:
            return iter(())
        compiler = copy(known)
        compiler.connection = connections[known.using]
        real = _pairs(stand_ins, filled, has_ids=compiler.connection.features.has_native_uuid_field)
        statement = sql, tuple(real.get(one, one) if isinstance(one, str | UUID) else one for one in parameters)
        compiler.as_sql = lambda *_args, **_kwargs: statement
        rows: Iterator[tuple[Any, ...]] = compiler.results_iter(tuple_expected=True)
        return rows


def prepared(build: Callable[..., QuerySet[Any]]) -> Prepared:
    """Have a function's queryset compiled once for each shape of its values. See Prepared."""
    return Prepared(build)


def _compiled(queryset: QuerySet[Any]) -> Compiled:
    compiler = queryset.query.get_compiler(queryset.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return compiler, "", ()
    return compiler, sql, tuple(parameters)


def _filled(ids: list[UUID]) -> list[UUID]:
    size = next((number for number in NUMBERS if number >= len(ids)), len(ids)) if ids else 0
    return ids + ids[-1:] * (size - len(ids))


def _stand_ins(values: dict[str, list[UUID] | str]) -> Iterator[tuple[str, list[UUID] | str]]:
    start = STAND_IN_ID
    for number, (name, value) in enumerate(values.items()):
        if isinstance(value, str):
            yield name, f"{STAND_IN_TEXT} {number}"
        else:
            yield name, [UUID(int=start + position) for position in range(len(value))]
            start += len(value)


def _pairs(stand_ins: dict[str, Any], values: dict[str, Any], *, has_ids: bool) -> dict[Any, Any]:
    """Return what to put in place of each stand-in, both as the database has them."""
    pairs: dict[Any, Any] = {}
    for name, value in values.items():
        if isinstance(value, str):
            pairs[stand_ins[name]] = value
        else:
            pairs |= dict(zip(stand_ins[name], value, strict=True))
    if has_ids:
        return pairs
    return {_plain(one): _plain(other) for one, other in pairs.items()}


def _plain(value: UUID | str) -> str:
    return value if isinstance(value, str) else value.hex
