"""Finds what filters name: entries by id or slug, and the place they are to lie in, in one query."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, FloatField, JSONField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from cms.core.api.parameters import Reference, Several, refuse
from cms.core.expressions import typed_null
from cms.core.ids import as_uuid
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.places.models import BOX_FIELDS, Place

WITHIN = "within"
COLUMNS = ("role", "key", "outline", *(f"edge_{edge}" for edge in BOX_FIELDS))


@dataclass(frozen=True)
class EntryReference(Reference):
    """The id or slug of a public entry of one kind."""

    kind: Kind = Kind.HUB


def resolve(declared: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry ids or the place behind each value that names some.

    Raises ValidationError for what does not exist or is not public, and for a slug that several entries have: a filter
    that means nothing must not answer with everything.
    """
    asked = dict(_asked(declared, values))
    branches = [_place(values[WITHIN])] if WITHIN in values else []
    branches += [_entry(role, text, kind) for role, (_name, text, kind) in asked.items()]
    if not branches:
        return {}
    statement = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    found: dict[str, list[tuple[Any, ...]]] = {}
    for role, *rest in statement:
        found.setdefault(role, []).append(tuple(rest))
    resolved: dict[str, Any] = {}
    if WITHIN in values:
        key, outline, *edges = _only(WITHIN, found.get(WITHIN, []))
        resolved[WITHIN] = Place(pk=key, boundary=outline, **dict(zip(BOX_FIELDS, edges, strict=True)))
    for role, (name, _text, _kind) in asked.items():
        key, *_nothing = _only(name, found.get(role, []))
        is_one_of_several = isinstance(declared[name], Several)
        resolved[name] = (*resolved.get(name, ()), key) if is_one_of_several else key
    return resolved


def _asked(declared: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str, Kind]]]:
    """Yield a name of its own for each reference to an entry, and the parameter, text and kind that it has."""
    for name, value in values.items():
        parameter = declared[name]
        one = parameter.one if isinstance(parameter, Several) else parameter
        if isinstance(one, EntryReference):
            texts = value if isinstance(parameter, Several) else (value,)
            yield from ((f"{name} {number}", (name, text, one.kind)) for number, text in enumerate(texts))


def _only(name: str, rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    if not rows:
        raise refuse(name, _("There is nothing public of that name."))
    if len(rows) > 1:
        raise refuse(name, _("Several have that slug; use the id."))
    return rows[0]


def _entry(role: str, text: str, kind: Kind) -> QuerySet[Any]:
    key = as_uuid(text)
    named = Q(pk=key) if key else Q(pk__in=_slugged(text))
    nothing = {f"edge_{edge}": typed_null(FloatField()) for edge in BOX_FIELDS}
    return (
        Entry.objects.published()
        .of_kind(kind)
        .filter(named)
        .order_by()
        .annotate(role=_role(role), key=F("pk"), outline=Value(None, output_field=JSONField()), **nothing)
        .values_list(*COLUMNS)
    )


def _slugged(text: str) -> QuerySet[Any]:
    texts = Entry.texts.rel.related_model.objects
    return texts.live().filter(slug=text).values("entry_id")


def _place(key: Any) -> QuerySet[Any]:
    edges = {f"edge_{edge}": F(edge) for edge in BOX_FIELDS}
    return (
        Place.objects.filter(pk=key)
        .order_by()
        .annotate(role=_role(WITHIN), key=F("pk"), outline=F("boundary"), **edges)
        .values_list(*COLUMNS)
    )


def _role(name: str) -> Value:
    return Value(name, output_field=CharField())
