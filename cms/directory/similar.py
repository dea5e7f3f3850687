"""Other entries of the same kind that have something in common with one, and what."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cms.places.expressions import DistanceKm
from cms.taxonomy.selectors import Terms

from .cards import cards
from .models import Entry, EntryHub, EntryOrganization, EntryTerm
from .querysets import EntryQuerySet

# The best of each reason are looked at, so that a common subject costs no more than a rare one.
CANDIDATES = 40
MOST_SIMILAR = 3
NEARBY_KM, SAME_PLACE_KM = 50, 1
# A subject in common says more than an organization, that more than being near, a hub the least: many share it.
SUBJECT_POINTS, ORGANIZATION_POINTS, NEAR_POINTS, HUB_POINTS = 4, 3, 2, 1


@dataclass(frozen=True)
class Likeness:
    """What an entry is compared by: its hubs as an editor chose them, subjects, organizations and point in degrees."""

    entry_id: uuid.UUID
    kind: str
    hub_ids: Collection[uuid.UUID] = ()
    sector_keys: Collection[uuid.UUID] = ()
    organization_ids: Collection[uuid.UUID] = ()
    point: tuple[float, float] | None = None


def similar_cards(one: Likeness, language: str, labels: Terms) -> list[dict[str, Any]]:
    """Return the cards of the entries most like one, each with its `reason`. One query.

    What has hubs is like others of these hubs only: a hub's pages never show another hub's items.
    """
    return parts_and_similar(one, language, labels, most_parts=0)[1]


def parts_and_similar(
    one: Likeness, language: str, labels: Terms, *, most_parts: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the cards of the best-ranked parts of an entry and of those most like it. One query for both."""
    shares = _shares(one, labels)
    is_part = Q(parent_id=one.entry_id)
    if not shares and not most_parts:
        return [], []
    others: EntryQuerySet = Entry.objects.published().of_kind(one.kind).exclude(pk=one.entry_id)
    possible = others.exclude(parent_id__isnull=False, parent_id=one.entry_id)
    if one.hub_ids:
        possible = possible.in_hub(*one.hub_ids)
    wanted = is_part if most_parts else Q()
    for share in shares.values():
        wanted |= Q(pk__in=possible.filter(share).order_by("-rank", "pk").values("pk")[:CANDIDATES])
    found = others.filter(wanted).annotate(
        is_part=Case(When(is_part, then=Value(1)), default=Value(0), output_field=IntegerField()),
        **_likeness(one, shares),
    )
    more = ("is_part", *(f"is_{name}" for name in shares), "away_km")
    found = found.order_by("-is_part", "-points", "-rank", "pk")[: most_parts + MOST_SIMILAR]
    rows = cards(found, language, labels=labels, more=more)
    parts = [card for card in rows if card["is_part"]][:most_parts]
    similar = [card for card in rows if not card["is_part"]][:MOST_SIMILAR]
    return parts, [card | {"reason": _reason(card)} for card in similar]


def _shares(one: Likeness, labels: Terms) -> dict[str, Any]:
    """Return the condition for each thing in common that is possible at all."""
    shares: dict[str, Any] = {}
    if one.sector_keys:
        keys = set().union(*(labels.subtree(key) for key in one.sector_keys))
        shares["subject"] = Exists(EntryTerm.objects.filter(entry=OuterRef("pk"), key__in=keys))
    if one.organization_ids:
        links = EntryOrganization.objects.filter(entry=OuterRef("pk"), organization_id__in=one.organization_ids)
        shares["organization"] = Exists(links)
    if one.point:
        near = Entry.objects.within_radius(*one.point, NEARBY_KM)
        shares["near"] = Q(pk__in=near.values("pk"))
    if one.hub_ids:
        shares["hub"] = Exists(EntryHub.objects.filter(entry=OuterRef("pk"), hub_id__in=one.hub_ids))
    return shares


def _likeness(one: Likeness, shares: Mapping[str, Any]) -> dict[str, Any]:
    weights = {
        "subject": SUBJECT_POINTS,
        "organization": ORGANIZATION_POINTS,
        "near": NEAR_POINTS,
        "hub": HUB_POINTS,
    }
    yes_or_no = {
        f"is_{name}": Case(When(share, then=Value(1)), default=Value(0), output_field=IntegerField())
        for name, share in shares.items()
    }
    points: Any = Value(0)
    for name in shares:
        points = points + F(f"is_{name}") * weights[name]
    # Parts stand by rank alone.
    points = Case(When(parent_id=one.entry_id, then=Value(0)), default=points, output_field=IntegerField())
    distance = DistanceKm("latitude", "longitude", *one.point) if one.point else Value(0.0)
    return {**yes_or_no, "points": points, "away_km": distance}


def _reason(card: dict[str, Any]) -> str:
    """Return why the card is here, in words: the two strongest things in common."""
    reasons = []
    if card.get("is_subject"):
        reasons.append(_("same subject"))
    if card.get("is_organization"):
        reasons.append(_("same organization"))
    if card.get("is_near"):
        km = card["away_km"]
        away = _("%(km)s km away") % {"km": number_format(round(km), decimal_pos=0)}
        reasons.append(away if km >= SAME_PLACE_KM else _("in the same place"))
    if card.get("is_hub"):
        reasons.append(_("same hub"))
    one, *others = reasons
    words = _("%(one)s and %(other)s") % {"one": one, "other": others[0]} if others else one
    return words[:1].upper() + words[1:]
