"""Reads for pages: what stands around an entry, and what an index lists."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import Terms, shown_terms

from .cards import cards, place_name
from .enums import Kind, Part
from .listings import listing_of, page_head
from .models import Entry, EntryHub, EntryOrganization, EntryTerm, EntryText
from .pictures import picture
from .services import page_path
from .similar import Likeness

if TYPE_CHECKING:
    from .pages import EntryIndexPage, EntryPage

RELATED_LIMIT = 6


def page_for_reader(above: Page, slug: str) -> Page | None:
    """Return the public page, in another language, of an entry that has none below this page in this language."""
    language = above.locale.language_code
    path = f"{page_path(above)}{slug}/"
    texts = EntryText.objects.live().filter(slug=slug).exclude(language=language).select_related("entry")
    for text in texts.order_by("pk"):
        if text.entry.paths.get(language) == path and text.language == text.entry.shown_language:
            page = Page.objects.live().select_related("locale").get(pk=text.page_id)
            specific = page.specific
            specific.locale = page.locale
            return specific
    return None


def page_context(page: "EntryPage", request: HttpRequest) -> dict[str, Any]:
    """Return what a community page shows around its own fields; four queries, whatever the page holds."""
    language = get_language()
    labels = shown_terms(language)
    own = next((text for text in page.directory_texts if text.page_id == page.pk), None)
    # A draft may say other things than the directory, which holds what is public.
    is_draft = own is None or bool(getattr(request, "is_preview", False))
    facts = _facts_of_draft(page) if is_draft else _stored_facts(own.entry)
    keys = [key for name in (Kind.HUB, Part.LEAD, Part.PARTNER, "parent") for key in facts.get(name, ())]
    around = {
        card["id"]: card for card in cards(Entry.objects.published().filter(pk__in=keys), language, labels=labels)
    }
    place = page.place if is_draft else own.entry.place
    sectors = labels.shown(facts.get(Vocabulary.SECTOR, ()), own=facts.get(Vocabulary.SECTOR, ()))
    parents = _among(around, facts.get("parent", ()))
    return {
        "language": language,
        "labels": labels,
        "sectors": sectors,
        "sector_hue": sectors[0].detail if sectors else "",
        "skills": labels.shown(facts.get(Vocabulary.SKILL, ())),
        "statuses": labels.shown(facts.get(Vocabulary.PROJECT_STATUS, ())),
        "organization_types": labels.shown(facts.get(Vocabulary.ORGANIZATION_TYPE, ())),
        "hubs": _among(around, facts.get(Kind.HUB, ())),
        "leads": _among(around, facts.get(Part.LEAD, ())),
        "partners": _among(around, facts.get(Part.PARTNER, ())),
        "parent_entry": parents[0] if parents else None,
        "likeness": Likeness(
            page.translation_key,
            page.entry_kind,
            hub_ids=facts.get(Kind.HUB, ()),
            sector_keys=facts.get(Vocabulary.SECTOR, ()),
            organization_ids=facts.get(Part.LEAD, ()),
            point=(place.latitude, place.longitude) if place else None,
        ),
        "place_name": place_name(place.name, place.names, language) if place else "",
        "opening_picture": picture(page.cover) if is_draft else own.image,
        "is_verified": bool(own and own.entry.is_verified),
        **_language_notes(page, language, own),
    }


def _among(cards_by_id: dict[uuid.UUID, Any], keys: Any) -> list[dict[str, Any]]:
    return [cards_by_id[key] for key in keys if key in cards_by_id]


Facts = dict[str, list[uuid.UUID]]


def _facts_of_draft(page: "EntryPage") -> Facts:
    """Return the ids around a page as its fields say now, by what they are."""
    facts = page.directory_facts()
    parent = facts.columns.get("parent_id")
    found: Facts = {Kind.HUB: list(facts.hub_ids), "parent": [parent] if parent else []}
    for vocabulary, key in facts.terms:
        found.setdefault(vocabulary, []).append(key)
    for organization_id, part in facts.organizations:
        found.setdefault(part, []).append(organization_id)
    return found


def _stored_facts(entry: Entry) -> Facts:
    """Return the ids around an entry as the directory holds them, by what they are; one query for all of them."""
    found: Facts = {"parent": [entry.parent_id] if entry.parent_id else []}
    hubs = EntryHub.objects.filter(entry=entry, is_direct=True)
    organizations = EntryOrganization.objects.filter(entry=entry)
    rows = _relation(EntryTerm.objects.filter(entry=entry), F("vocabulary"), "key").union(
        _relation(hubs, Value(Kind.HUB.value, output_field=CharField()), "hub_id"),
        _relation(organizations, F("part"), "organization_id"),
        all=True,
    )
    for relation, _position, key in sorted(rows, key=lambda row: row[1]):
        found.setdefault(relation, []).append(key)
    return found


def _relation(rows: QuerySet[Any], name: Any, key: str) -> QuerySet[Any]:
    return rows.order_by().annotate(relation=name).values_list("relation", "position", key)


def _language_notes(page: "EntryPage", language: str, own: EntryText | None) -> dict[str, Any]:
    """Return what readers should know of the text: another language than theirs, a machine's draft, a stale text."""
    code = page.locale.language_code
    is_foreign = code != language
    return {
        "text_language": code if is_foreign else "",
        "notice_language": {"code": code, "name": get_language_info(code)["name_translated"]} if is_foreign else None,
        "is_machine_draft": bool(own and own.is_machine_draft),
        "is_stale": bool(own and own.is_stale),
    }


def index_context(index: "EntryIndexPage", request: HttpRequest, frame: dict[str, Any]) -> dict[str, Any]:
    """Return the list that a request asks for, and what the head of its page says. `frame` is the page's context.

    Raises Http404 for a page number that there is not.
    """
    listing = listing_of(index, request)
    context = listing.context()
    return context | page_head(listing, frame | context, request.build_absolute_uri(index.get_url(request)))


def related_cards(entries: Any, language: str, labels: Terms, limit: int = RELATED_LIMIT) -> list[dict[str, Any]]:
    """Return the cards of the best-ranked public entries of a queryset."""
    return cards(entries.published().order_by("-rank", "pk")[:limit], language, labels=labels)
