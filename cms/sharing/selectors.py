"""Reads for everything that leaves the site: entries with what a feed, a poster or a widget says of them."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from cms.directory.cards import cards
from cms.directory.enums import Kind, Part
from cms.directory.models import Entry, EntryOrganization, EntryTerm, EntryText
from cms.directory.querysets import EntryQuerySet
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, Terms, shown_terms

from .codes import key_range


def shared_entries(
    entries: EntryQuerySet | QuerySet[Any], language: str, *, labels: Terms | None = None
) -> list[dict[str, Any]]:
    """Return the cards of entries with `sectors` (labels), `published_at` and `last_activity_at`.

    Three queries, however many entries; two when the terms are given. Also `lead_ids`, the organizations that lead.
    """
    labels = labels or shown_terms(language)
    found = cards(
        entries.annotate(first_published_at=F("published_at")),
        language,
        labels=labels,
        more=("first_published_at", "last_activity_at"),
    )
    relations = _relations([card["id"] for card in found])
    for card in found:
        own = relations.get(card["id"], {})
        card["sectors"] = general_sectors(labels, own.get(Vocabulary.SECTOR, []))
        card["lead_ids"] = own.get(Part.LEAD, [])
        card["published_at"] = card.pop("first_published_at")
    return found


def general_sectors(labels: Terms, keys: Iterable[uuid.UUID]) -> list[TermLabel]:
    """Return the sectors that everybody knows: a hub's own ones by their counterpart."""
    return labels.shown(keys)


def _relations(ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, list[uuid.UUID]]]:
    """Return sectors and leading organizations by entry, in their order; one query."""
    sectors = EntryTerm.objects.filter(entry__in=ids, vocabulary=Vocabulary.SECTOR)
    leads = EntryOrganization.objects.filter(entry__in=ids, part=Part.LEAD)
    rows = (
        sectors.order_by()
        .annotate(relation=F("vocabulary"))
        .values_list("entry_id", "relation", "position", "key")
        .union(
            leads.order_by()
            .annotate(relation=Value(Part.LEAD.value, output_field=CharField()))
            .values_list("entry_id", "relation", "position", "organization_id"),
            all=True,
        )
    )
    found: dict[uuid.UUID, dict[str, list[uuid.UUID]]] = {}
    for entry_id, relation, _position, key in sorted(rows, key=lambda row: row[2]):
        found.setdefault(entry_id, {}).setdefault(relation, []).append(key)
    return found


def entry_titles(ids: Iterable[uuid.UUID], language: str) -> dict[uuid.UUID, dict[str, Any]]:
    """Return kind, title, summary and path of public entries by id; one query."""
    rows = (
        Entry.objects.published()
        .filter(pk__in=set(ids))
        .with_text(language)
        .values("id", "kind", "paths", "shown_language", "text_title", "text_summary")
    )
    return {
        row["id"]: {
            "kind": row["kind"],
            "title": row["text_title"] or "",
            "summary": row["text_summary"] or "",
            "url": row["paths"].get(language) or row["paths"].get(row["shown_language"], ""),
        }
        for row in rows
    }


def shared_entry(key: uuid.UUID, language: str) -> dict[str, Any] | None:
    """Return one public entry as `shared_entries` does; None when there is none."""
    return next(iter(shared_entries(Entry.objects.published().filter(pk=key), language)), None)


def entry_id_by_slug(kind: Kind, slug: str) -> uuid.UUID | None:
    """Return the public entry of a kind with a text under that slug; None when there is none, or more than one."""
    texts = EntryText.objects.live().filter(slug=slug, entry__kind=kind, entry__in=Entry.objects.published())
    found = list(texts.order_by().values_list("entry_id", flat=True).distinct()[:2])
    return found[0] if len(found) == 1 else None


def entry_at(path: str, language: str) -> uuid.UUID | None:
    """Return the public entry that readers of a language find at a path; None when there is none."""
    slug = path.rstrip("/").rpartition("/")[2]
    texts = EntryText.objects.live().filter(slug=slug, entry__in=Entry.objects.published()).select_related("entry")
    wanted = path.rstrip("/") + "/"
    return next((text.entry_id for text in texts.order_by("pk") if text.entry.paths.get(language) == wanted), None)


def path_behind(code: str, languages: Iterable[str]) -> str | None:
    """Return where a short code leads for a reader of these languages, the dearest first; None for nowhere.

    A language that the entry has no address in is passed over; at last comes the one it is shown in.
    """
    try:
        first, last = key_range(code)
    except ValueError:
        return None
    entries = Entry.objects.published().filter(pk__range=(first, last)).order_by("published_at", "pk")
    for paths, shown in entries.values_list("paths", "shown_language"):
        found = next((paths[language] for language in [*languages, shown] if language in paths), None)
        if found:
            return str(found)
    return None
