"""What the page of people shows: who fits, what they can be narrowed down to, where the list goes on."""

from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from cms.core.api.pagination import Position, read_cursor, slice_of, write_cursor
from cms.core.api.parameters import BadParameterError
from cms.directory.addresses import RADII, USUAL_RADIUS
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, sectors_of, shown_terms

from .addresses import FILTERS, PeopleAddress, read_address
from .circles import people_in
from .enums import Availability, Order
from .languages import language_names
from .orderings import ORDERINGS
from .selectors import people, person_columns, persons
from .visibility import Viewer

PAGE_SIZE = 24
MOST_HUBS = 40


def listing(query: QueryDict, viewer: Viewer, language: str) -> dict[str, Any]:
    """Return what the template shows. A cursor that belongs to no such list begins it anew."""
    labels = shown_terms(language)
    address = read_address(query, language, labels)
    key = ORDERINGS[address.order]
    rows = person_columns(people(address.asked, viewer), viewer)
    page = slice_of(rows, key, _position(query, address), PAGE_SIZE)
    return {
        "people": persons(page.rows, viewer, language),
        "address": address,
        "chips": [
            {"label": address.labels[name], "url": f"?{address.query(**{name: ''})}"}
            for name in FILTERS
            if name in address.labels
        ],
        "form": _form(address, language),
        "place_choices": _place_choices(address, language),
        "next": _link(address, page.next),
        "back": _link(address, page.previous),
    }


def _position(query: QueryDict, address: PeopleAddress) -> Position | None:
    text = query.get("cursor", "")
    try:
        return read_cursor(text, _fingerprint(address), ORDERINGS[address.order]) if text else None
    except BadParameterError:
        return None


def _fingerprint(address: PeopleAddress) -> str:
    return f"people {address.query()}"


def _link(address: PeopleAddress, position: Position | None) -> str:
    if position is None:
        return ""
    cursor = urlencode({"cursor": write_cursor(position, _fingerprint(address))})
    query = address.query()
    return f"?{query}&{cursor}" if query else f"?{cursor}"


def _form(address: PeopleAddress, language: str) -> dict[str, Any]:
    labels, tokens = shown_terms(language), address.tokens
    return {
        "words": tokens.get("q", ""),
        "place": tokens.get("place", ""),
        "radii": [(km, str(km) == tokens.get("radius", str(USUAL_RADIUS))) for km in RADII],
        "ordering": tokens.get("ordering", ""),
        "skills": _options(list(labels.of(Vocabulary.SKILL)), tokens.get("skill")),
        "sectors": _options(sectors_of(labels), tokens.get("sector")),
        "languages": _chosen(language_names(language).items(), tokens.get("language")),
        "availability": _chosen(Availability.choices, tokens.get("availability")),
        "hubs": _hubs(address, language),
        "orders": [
            {"label": order.label, "url": f"?{address.query(ordering=order if order != Order.NEWEST else '')}",
             "is_current": order == address.order}
            for order in Order
        ],
    }  # fmt: skip


def _chosen(choices: Any, chosen: str | None) -> list[tuple[str, str, bool]]:
    return [(value, str(label), value == chosen) for value, label in choices]


def _options(labels: list[TermLabel], chosen: str | None) -> list[tuple[str, str, bool]]:
    """Return terms as options, what stands below another behind it."""
    keys = {label.key for label in labels}
    ordered: list[tuple[TermLabel, str]] = []
    for label in labels:
        if label.parent not in keys:
            ordered.append((label, label.name))
            ordered += [(below, f"– {below.name}") for below in labels if below.parent == label.key]
    known = {label.key for label, _name in ordered}
    ordered += [(label, label.name) for label in labels if label.key not in known]
    return [(label.slug, name, label.slug == chosen) for label, name in ordered]


def _hubs(address: PeopleAddress, language: str) -> list[tuple[str, str, bool]]:
    """Return the liveliest hubs to choose from, where somebody knows who belongs to them."""
    if people_in(()) is None:
        return []
    hubs = Entry.objects.published().of_kind(Kind.HUB).order_by("-rank", "pk").with_text(language)
    chosen = address.tokens.get("hub")
    options = [
        (str(key), title, address.asked.hubs == (key,))
        for key, title in hubs.values_list("pk", "text_title")[:MOST_HUBS]
    ]
    if chosen and not any(is_chosen for _key, _title, is_chosen in options):
        options.append((chosen, address.labels["hub"], True))
    return options


def _place_choices(address: PeopleAddress, language: str) -> list[dict[str, str]]:
    if address.place is None:
        return []
    return [
        {"label": place.label_in(language), "url": f"?{address.query(place=str(place.pk))}"}
        for place in address.place.choices
    ]
