"""Finds what filters name: entries by id or slug, and the place they are to lie in, in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, FloatField, JSONField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from cms.core.api.parameters import BadParameterError, Reference, as_uuid, refuse
from cms.core.expressions import typed_null
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
    """Return the entry id or the place behind each value that names one.

    Raises ValidationError for what does not exist or is not public, and for a slug that several entries have: a filter
    that means nothing must not answer with everything.
    """
    entries = {name: text for name, text in values.items() if isinstance(declared[name], EntryReference)}
    branches = [_place(values[WITHIN])] if WITHIN in values else []
    branches += [_entry(name, text, declared[name].kind) for name, text in entries.items()]
    if not branches:
        return {}
    statement = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    found: dict[str, list[tuple[Any, ...]]] = {}
    for role, *rest in statement:
        found.setdefault(role, []).append(tuple(rest))
    resolved: dict[str, Any] = {}
    for name in [*entries, *([WITHIN] if WITHIN in values else [])]:
        try:
            key, outline, *edges = _only(found.get(name, []))
        except BadParameterError as error:
            raise refuse(name, str(error)) from error
        box = dict(zip(BOX_FIELDS, edges, strict=True))
        resolved[name] = Place(pk=key, boundary=outline, **box) if name == WITHIN else key
    return resolved


def _only(rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    if not rows:
        raise BadParameterError(_("There is nothing public of that name."))
    if len(rows) > 1:
        raise BadParameterError(_("Several have that slug; use the id."))
    return rows[0]


def _entry(name: str, text: str, kind: Kind) -> QuerySet[Any]:
    key = as_uuid(text)
    named = Q(pk=key) if key else Q(pk__in=_slugged(text))
    nothing = {f"edge_{edge}": typed_null(FloatField()) for edge in BOX_FIELDS}
    return (
        Entry.objects.published()
        .of_kind(kind)
        .filter(named)
        .order_by()
        .annotate(role=_role(name), key=F("pk"), outline=Value(None, output_field=JSONField()), **nothing)
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
