"""Everything that hangs on a page of entries, in one statement: terms, hubs, organizations, parents, languages."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, FilteredRelation, IntegerField, JSONField, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce

from cms.core.expressions import typed_null
from cms.core.prepared import prepared
from cms.directory.enums import State
from cms.directory.models import Entry, EntryHub, EntryOrganization, EntryTerm, EntryText

MOST_PARTS = 50
COLUMNS = ("owner", "relation", "key", "title_", "slug_", "paths_", "shown", "note", "place_in_line")
NO_KEY = typed_null(UUIDField())
NO_PATHS = typed_null(JSONField())
NO_WORDS = Value("")


@dataclass
class Related:
    """What hangs on one entry. Linked entries are dicts as the API shows them."""

    terms: dict[str, list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))
    languages: list[str] = field(default_factory=list)
    hubs: list[dict[str, Any]] = field(default_factory=list)
    organizations: list[dict[str, Any]] = field(default_factory=list)
    parent: dict[str, Any] | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)
    referred: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)


def related_to(
    entry_ids: Collection[uuid.UUID],
    language: str,
    absolute: Callable[[str], str],
    *,
    owner_of_parts: uuid.UUID | None = None,
    referred: Collection[uuid.UUID] = (),
) -> dict[uuid.UUID, Related]:
    """Return what hangs on each entry, in a reader's language; only what is public. One query, none for no entries.

    With `owner_of_parts`, also the best-ranked parts of that entry, and of the `referred` entries those that are
    public.
    """
    found: dict[uuid.UUID, Related] = defaultdict(Related)
    if not entry_ids:
        return found
    owners = [owner_of_parts] if owner_of_parts else []
    rows = _everything(entry_ids=entry_ids, language=language, owners=owners, referred=referred)
    for row in sorted((dict(zip(COLUMNS, values, strict=True)) for values in rows), key=_place_in_line):
        _take(found[row["owner"]], row, language, absolute)
    return found


@prepared
def _everything(
    *, entry_ids: list[uuid.UUID], language: str, owners: list[uuid.UUID], referred: list[uuid.UUID]
) -> QuerySet[Any]:
    branches = [_hubs(entry_ids, language), _organizations(entry_ids, language), _parents(entry_ids, language)]
    for owner in owners:
        branches += [_parts(owner, language), _referred(owner, referred, language)]
    branches += [_terms(entry_ids), _languages(entry_ids)]
    return branches[0].union(*branches[1:], all=True)


def _place_in_line(row: dict[str, Any]) -> tuple[int, str]:
    return row["place_in_line"], str(row["title_"])


def _take(one: Related, row: dict[str, Any], language: str, absolute: Callable[[str], str]) -> None:
    match row["relation"]:
        case "term":
            one.terms[row["note"]].append(row["key"])
        case "language":
            one.languages.append(row["title_"])
        case "hub":
            one.hubs.append(_link(row, language, absolute))
        case "organization":
            one.organizations.append(_link(row, language, absolute) | {"part": row["note"]})
        case "parent":
            one.parent = _link(row, language, absolute)
        case "part":
            one.parts.append(_link(row, language, absolute) | {"kind": row["note"]})
        case "referred":
            one.referred[row["key"]] = _link(row, language, absolute) | {"kind": row["note"]}


def _link(row: dict[str, Any], language: str, absolute: Callable[[str], str]) -> dict[str, Any]:
    path = row["paths_"].get(language) or row["paths_"].get(row["shown"], "")
    return {"id": row["key"], "title": row["title_"], "slug": row["slug_"], "url": absolute(path)}


def _named(rows: QuerySet[Any], at: str, language: str) -> QuerySet[Any]:
    """Annotate the words of the entry at the end of a relation, as `with_text` does for entries themselves."""
    texts = f"{at}texts"
    return rows.annotate(
        wanted=FilteredRelation(texts, condition=Q(**{f"{texts}__language": language, f"{texts}__is_live": True})),
        instead=FilteredRelation(texts, condition=Q(**{f"{texts}__language": F(f"{at}shown_language")})),
    ).annotate(
        title_=Coalesce("wanted__title", "instead__title"),
        slug_=Coalesce("wanted__slug", "instead__slug"),
        paths_=F(f"{at}paths"),
        shown=F(f"{at}shown_language"),
    )


def _in_columns(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    return rows.order_by().annotate(**columns).values_list(*COLUMNS)


def _hubs(entry_ids: Collection[uuid.UUID], language: str) -> QuerySet[Any]:
    links = EntryHub.objects.filter(entry__in=entry_ids, is_direct=True, hub__state=State.PUBLISHED)
    return _in_columns(
        _named(links, "hub__", language),
        owner=F("entry_id"), relation=Value("hub"), key=F("hub_id"), note=NO_WORDS, place_in_line=F("position"),
    )  # fmt: skip


def _organizations(entry_ids: Collection[uuid.UUID], language: str) -> QuerySet[Any]:
    links = EntryOrganization.objects.filter(entry__in=entry_ids, organization__state=State.PUBLISHED)
    return _in_columns(
        _named(links, "organization__", language),
        owner=F("entry_id"), relation=Value("organization"), key=F("organization_id"), note=F("part"),
        place_in_line=F("position"),
    )  # fmt: skip


def _parents(entry_ids: Collection[uuid.UUID], language: str) -> QuerySet[Any]:
    entries = Entry.objects.filter(pk__in=entry_ids, parent__state=State.PUBLISHED)
    return _in_columns(
        _named(entries, "parent__", language),
        owner=F("pk"), relation=Value("parent"), key=F("parent_id"), note=NO_WORDS, place_in_line=_place(0),
    )  # fmt: skip


def _parts(owner: uuid.UUID, language: str) -> QuerySet[Any]:
    best = Entry.objects.published().filter(parent_id=owner).order_by("-rank", "pk").values("pk")[:MOST_PARTS]
    return _entries(Entry.objects.filter(pk__in=best), owner, "part", language)


def _referred(owner: uuid.UUID, referred: Collection[uuid.UUID], language: str) -> QuerySet[Any]:
    return _entries(Entry.objects.published().filter(pk__in=referred), owner, "referred", language)


def _entries(entries: QuerySet[Any], owner: uuid.UUID, relation: str, language: str) -> QuerySet[Any]:
    return _in_columns(
        _named(entries, "", language),
        owner=Value(owner, output_field=UUIDField()), relation=Value(relation), key=F("pk"), note=F("kind"),
        place_in_line=_place(0),
    )  # fmt: skip


def _terms(entry_ids: Collection[uuid.UUID]) -> QuerySet[Any]:
    return _in_columns(
        EntryTerm.objects.filter(entry__in=entry_ids),
        **_no_entry(), owner=F("entry_id"), relation=Value("term"), title_=NO_WORDS, note=F("vocabulary"),
        place_in_line=F("position"),
    )  # fmt: skip


def _languages(entry_ids: Collection[uuid.UUID]) -> QuerySet[Any]:
    return _in_columns(
        EntryText.objects.live().filter(entry__in=entry_ids),
        **_no_entry(), owner=F("entry_id"), relation=Value("language"), key=NO_KEY, title_=F("language"), note=NO_WORDS,
        place_in_line=_place(0),
    )  # fmt: skip


def _no_entry() -> dict[str, Any]:
    return {"slug_": NO_WORDS, "paths_": NO_PATHS, "shown": NO_WORDS}


def _place(number: int) -> Value:
    return Value(number, output_field=IntegerField())
