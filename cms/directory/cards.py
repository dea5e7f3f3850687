"""Entries as cards: all that a list shows, in one query however long the list is, and one for the words of terms."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import Terms, shown_terms

from .enums import Attendance, Kind, State
from .models import EntryHub, EntryTerm
from .querysets import EntryQuerySet

COLUMNS = (
    "id", "kind", "paths", "source_language", "shown_language", "attendance", "phase", "start_date", "published_at",
    "member_count", "place__name", "place__names", "text_title", "text_slug", "text_summary", "text_image",
    "text_language", "hub_kind", "is_verified", "sector_key", "status_key",
)  # fmt: skip
# From so many kilometres on, hundreds of metres say nothing.
TENS = 10
# Nearer than this it is the place itself, which the card names anyway.
HERE = 0.1


def cards(
    entries: EntryQuerySet | QuerySet[Any], language: str, *, labels: Terms | None = None, more: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Return the cards of entries in a reader's language. Keeps the queryset's order; slice it before.

    `more` names annotations of the queryset that the cards shall carry as they are.
    """
    labels = labels or shown_terms(language)
    rows = _rows(entries, language, *more)
    return [_card(row, language, labels) | {name: row[name] for name in more} for row in rows]


class Band(NamedTuple):
    """A short list among others on one page: what it may show, in which order, and how many of them."""

    entries: EntryQuerySet
    order: tuple[Any, ...]
    number: int


def cards_of_bands(bands: Sequence[Band], language: str, *, labels: Terms | None = None) -> list[list[dict[str, Any]]]:
    """Return the cards of each band, in one statement however many bands there are."""
    found: list[list[dict[str, Any]]] = [[] for _band in bands]
    arms = [_arm(band, number, language) for number, band in enumerate(bands) if band.number]
    if not arms:
        return found
    labels = labels or shown_terms(language)
    for row in arms[0].union(*arms[1:], all=True).order_by("band", "place_in_band"):
        found[row["band"]].append(_card(row, language, labels))
    return found


def _arm(band: Band, number: int, language: str) -> QuerySet[Any]:
    """Return the rows of one band. A part of a union cannot be cut short on every database, so its ids are."""
    first = band.entries.order_by(*band.order).values("pk")[: band.number]
    place = Window(RowNumber(), order_by=list(band.order))
    rows = band.entries.filter(pk__in=first).order_by().annotate(band=Value(number), place_in_band=place)
    return _rows(rows, language, "band", "place_in_band")


def _rows(entries: EntryQuerySet | QuerySet[Any], language: str, *more: str) -> QuerySet[Any]:
    chosen = {"sector_key": _first_term(Vocabulary.SECTOR), "status_key": _first_term(Vocabulary.PROJECT_STATUS)}
    return entries.with_text(language).annotate(**chosen).values(*COLUMNS, *more)


def _first_term(vocabulary: Vocabulary) -> Subquery:
    carried = EntryTerm.objects.filter(entry=OuterRef("pk"), vocabulary=vocabulary)
    return Subquery(carried.order_by("position").values("key")[:1])


def _card(row: dict[str, Any], language: str, labels: Terms) -> dict[str, Any]:
    sectors, statuses = labels.shown([row["sector_key"]]), labels.shown([row["status_key"]])
    title = row["text_title"] or ""
    return {
        "id": row["id"],
        "title": title,
        "url": row["paths"].get(language) or row["paths"].get(row["shown_language"], ""),
        "summary": row["text_summary"] or "",
        "kind": row["kind"],
        "kind_label": Kind(row["kind"]).label,
        "sector_name": sectors[0].name if sectors else "",
        "sector_hue": sectors[0].detail if sectors else "",
        "status_name": statuses[0].name if statuses else "",
        "status_phase": statuses[0].detail if statuses else "",
        "place_name": place_name(row["place__name"], row["place__names"], language),
        "date": _date(row),
        "meta": [*_distance(row.get("distance_km")), *_meta(row, language)],
        "image": row["text_image"],
        "art": slugify(title),
        "theme_key": str(row["id"]) if row["kind"] == Kind.HUB else "",
        "is_verified": row["is_verified"],
        "language": row["text_language"] if row["text_language"] != language else "",
    }


def hub_cards(
    hubs: EntryQuerySet, language: str, *, labels: Terms | None = None, more: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Return the cards of hubs with how many public projects each one shows, as their `note`."""
    links = EntryHub.objects.filter(hub=OuterRef("pk"), entry__kind=Kind.PROJECT, entry__state=State.PUBLISHED)
    number = Subquery(links.order_by().values("hub").annotate(number=Count("pk")).values("number"))
    found = cards(hubs.annotate(project_number=number), language, labels=labels, more=("project_number", *more))
    for card in found:
        count = card["project_number"] or 0
        words = ngettext("%(number)s project", "%(number)s projects", count) % {"number": count}
        card["note"] = words if count else ""
    return found


def place_name(name: str | None, names: dict[str, str] | None, language: str) -> str:
    """Return a place's name in a language, else its common one; "" without a place."""
    return (names or {}).get(language) or name or ""


def _date(row: dict[str, Any]) -> Any:
    """Return the day that a list sorts and shows an entry by."""
    return row["start_date"] or (row["published_at"].date() if row["published_at"] else None)


def _distance(km: float | None) -> list[str]:
    """Return how far it is, to the hundred metres where that matters."""
    if km is None or km < HERE:
        return []
    places = 1 if km < TENS else 0
    number = number_format(round(km, places), decimal_pos=places)
    return [_("%(number)s km") % {"number": number}]


def _meta(row: dict[str, Any], language: str) -> list[str]:
    meta = []
    if row["kind"] == Kind.STORY and row["published_at"]:
        meta.append(date_format(_date(row), "DATE_FORMAT"))
    place = place_name(row["place__name"], row["place__names"], language)
    if place:
        meta.append(place)
    if row["attendance"] in {Attendance.ONLINE, Attendance.BOTH}:
        meta.append(_("Online"))
    if row["kind"] == Kind.PROJECT and row["start_date"]:
        words = _("since %(year)s") if row["start_date"] <= timezone.localdate() else _("from %(year)s")
        meta.append(words % {"year": row["start_date"].year})
    if row["member_count"]:
        words = ngettext("%(number)s member", "%(number)s members", row["member_count"])
        meta.append(words % {"number": number_format(row["member_count"])})
    return meta
