"""What a list page shows: its entries, what they can be narrowed down to, what is chosen, where it goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, shown_terms

from .addresses import (
    ENDING,
    NEAR,
    NEAREST,
    NEWEST,
    PAGE,
    PLACE,
    RADII,
    RADIUS,
    RELEVANCE,
    SORT,
    USUAL_RADIUS,
    ListAddress,
    is_canonical,
    read_address,
)
from .browse import (
    AREA,
    AROUND,
    FACETS,
    HUB,
    LANGUAGE,
    ONLINE,
    OPEN,
    SECTOR,
    SKILL,
    STATUS,
    TYPE,
    VOCABULARIES,
    WORDS,
    narrowed,
)
from .enums import Kind
from .facet_statement import TRUE, facet_terms
from .facets import count_facets, count_public, count_without
from .hub_names import HubName, hub_names
from .map_page import map_of
from .querysets import EntryQuerySet

if TYPE_CHECKING:
    from .pages import EntryIndexPage

# Beyond so many values a facet folds the others away; subjects are what most people look for, so all stand there.
FOLDED_AFTER = 6
MOST_HUBS = 30


@dataclass
class Option:
    """One value of a facet, with the number of entries that it would show."""

    token: str
    label: str
    number: int
    is_chosen: bool = False
    name: str = ""
    hue: str = ""
    is_below: bool = False


@dataclass
class Group:
    """A facet on the page."""

    name: str
    legend: str
    options: list[Option] = field(default_factory=list)
    folded: list[Option] = field(default_factory=list)

    @property
    def is_unfolded(self) -> bool:
        return any(option.is_chosen for option in self.folded)


class Listing:
    """A list page as one address asks for it."""

    def __init__(self, index: "EntryIndexPage", query: QueryDict) -> None:
        self.index = index
        self.language = get_language()
        self.labels = shown_terms(self.language)
        self.address = read_address(query, index.list_kind, self.language, self.labels)
        self.browse = self.address.browse

    def context(self) -> dict[str, Any]:
        """Return what the template shows. Raises Http404 for a page that there is not."""
        self.counts = count_facets(self.browse, self.labels)
        size, number, total = self.index.page_size, self.address.number, self.counts.total
        last = min(number * size, total)
        if number > 1 and (number - 1) * size >= total:
            raise Http404
        self.hubs = self._hubs()
        chips = list(self._chips())
        return {
            "entries": self._cards((number - 1) * size, last) if total else [],
            "count": total,
            "everything": count_public(self.browse.kind) if chips else total,
            "groups": list(self._groups()),
            "chips": chips,
            "sector": self._only_sector(),
            "chosen": len(chips),
            "form": self._form(),
            "map": map_of(self.address, self.language),
            "sorts": self._sorts(),
            "place_answer": self.address.place,
            "place_choices": self._place_choices(),
            "loosened": self._loosened(chips) if not total else [],
            "pager": {
                "number": number,
                "first": (number - 1) * size + 1,
                "last": last,
                "total": total,
                "more": min(size, total - last),
                "next": self._page_query(number + 1) if last < total else "",
                "back": self._page_query(number - 1) if number > 1 else "",
            },
        }

    def _only_sector(self) -> TermLabel | None:
        """Return the sector that the list is all about; None for none or several."""
        keys = self.browse.facets.get(SECTOR, ())
        return next(iter(self.labels.shown(keys, own=keys)), None) if len(keys) == 1 else None

    def _cards(self, first: int, last: int) -> list[dict[str, Any]]:
        more = ("distance_km",) if self.browse.around else ()
        entries = ordered(narrowed(self.browse, self.labels), self.address)[first:last]
        return self.index.make_cards(entries, self.language, labels=self.labels, more=more)

    def _page_query(self, number: int) -> str:
        tokens = {name: values for name, values in self.address.tokens.items() if name != PAGE}
        return "?" + self.address.query(**tokens, page=(str(number),) if number > 1 else ())

    def _hubs(self) -> dict[Any, HubName]:
        numbers = self.counts.values.get(HUB, {})
        chosen = self.browse.facets.get(HUB, ())
        best = sorted(numbers, key=lambda key: (-numbers[key], str(key)))[:MOST_HUBS]
        found = hub_names(self.language, keys=[*best, *chosen])
        return {key: found[key] for key in [*chosen, *(key for key in best if key not in chosen)] if key in found}

    def _groups(self) -> Iterator[Group]:
        taking_part = Group("part", _("Taking part"))
        for name in FACETS[self.index.entry_kind]:
            if name in {OPEN, ONLINE}:
                number = self.counts.of(name, TRUE)
                is_chosen = name in self.address.tokens
                if number or is_chosen:
                    taking_part.options.append(Option(TRUE, _words_of(name), number, is_chosen, name))
                if name == ONLINE and taking_part.options:
                    yield taking_part
                continue
            options = [one for one in self._options(name) if one.number or one.is_chosen]
            if options:
                cut = len(options) if name == SECTOR or len(options) <= FOLDED_AFTER + 2 else FOLDED_AFTER
                yield Group(name, _words_of(name), options[:cut], options[cut:])

    def _options(self, name: str) -> Iterator[Option]:
        tokens = self.address.tokens.get(name, ())
        if name == HUB:
            for key, hub in self.hubs.items():
                yield Option(hub.token, hub.title, self.counts.of(name, key), hub.token in tokens, name)
        elif name == LANGUAGE or (name == TYPE and self.index.entry_kind == Kind.HUB):
            codes = self.index.list_kind.types if name == TYPE else self.counts.values.get(LANGUAGE, {})
            for code in dict.fromkeys([*sorted(codes), *tokens] if name == LANGUAGE else codes):
                yield Option(code, self._label(name, code), self.counts.of(name, code), code in tokens, name)
        else:
            for label, is_below in _in_trees(facet_terms(self.labels, name)):
                hue = label.detail if label.vocabulary == Vocabulary.SECTOR else ""
                number = self.counts.of(name, label.key)
                yield Option(label.slug, label.name, number, label.slug in tokens, name, hue, is_below)

    def _label(self, name: str, token: str) -> str:
        """Return the words for a chosen value."""
        if name == HUB:
            return next((hub.title for hub in self.hubs.values() if hub.token == token), token)
        if name == LANGUAGE:
            return str(get_language_info(token)["name_translated"])
        if name in {OPEN, ONLINE}:
            return _words_of(name)
        if name == TYPE and self.index.entry_kind == Kind.HUB:
            return str(self.index.list_kind.types[token])
        return next((label.name for label in self.labels.of(VOCABULARIES[name]) if label.slug == token), token)

    def _chips(self) -> Iterator[dict[str, str]]:
        """Yield what is chosen, each with the address without it."""
        tokens = self.address.tokens
        around = self.browse.around
        if around:
            place = self.address.place
            where = place.place.name_in(self.language) if place and place.place else _("Around me")
            name = PLACE if place else NEAR
            label = _("%(place)s, %(km)s km") % {"place": where, "km": f"{around.radius:g}"}
            yield {"facet": AROUND, "label": label, "url": self._without(name)}
        if AREA in tokens:
            yield {"facet": AREA, "label": _("Part of the map"), "url": self._without(AREA)}
        if WORDS in tokens:
            yield {"facet": WORDS, "label": _("“%(words)s”") % {"words": tokens[WORDS][0]}, "url": self._without(WORDS)}
        for name in FACETS[self.index.entry_kind]:
            for token in tokens.get(name, ()):
                yield {"facet": name, "label": self._label(name, token), "url": self._without(name, token)}

    def _without(self, name: str, token: str = "") -> str:
        rest = tuple(one for one in self.address.tokens.get(name, ()) if token and one != token)
        return "?" + self.address.query(**{name: rest})

    def _loosened(self, chips: list[dict[str, str]]) -> list[dict[str, Any]]:
        """Return what giving up one thing would bring, the most first."""
        labels: dict[str, list[str]] = {}
        for chip in chips:
            labels.setdefault(chip["facet"], []).append(chip["label"])
        numbers = count_without(self.browse, self.labels, labels)
        names = sorted((name for name in numbers if numbers[name]), key=lambda name: -numbers[name])
        near = PLACE if PLACE in self.address.tokens else NEAR
        return [
            {
                "label": ", ".join(labels[name]),
                "number": numbers[name],
                "url": self._without(near if name == AROUND else name),
            }
            for name in names
        ]

    def _form(self) -> dict[str, Any]:
        tokens, around = self.address.tokens, self.browse.around
        chosen = int(tokens.get(RADIUS, (str(USUAL_RADIUS),))[0])
        return {
            "words": tokens.get(WORDS, ("",))[0],
            "place": self._place_name(),
            "near": tokens.get(NEAR, ("",))[0] if around else "",
            "bbox": tokens.get(AREA, ("",))[0],
            "sort": tokens.get(SORT, ("",))[0],
            "radii": [{"km": km, "is_chosen": km == chosen} for km in RADII],
        }

    def _place_name(self) -> str:
        """Return what stands in the field: the name, or the id where the name alone would mean another place."""
        answer = self.address.place
        return answer.token if answer else ""

    def _place_choices(self) -> list[dict[str, str]]:
        answer = self.address.place
        if answer is None:
            return []
        return [
            {"label": place.label_in(self.language), "url": "?" + self.address.query(place=(str(place.pk),))}
            for place in answer.choices
        ]

    def _sorts(self) -> list[dict[str, Any]]:
        kind, around = self.index.list_kind, self.browse.around
        usual = kind.usual_sort(has_point=around is not None)
        words = {
            RELEVANCE: _("liveliest first"),
            NEWEST: _("newest first"),
            NEAREST: _("nearest first"),
            ENDING: _("ending soon"),
        }
        return [
            {
                "label": words[sort],
                "url": "?" + self.address.query(sort=(sort,) if sort != usual else ()),
                "is_current": sort == self.address.sort,
            }
            for sort in [*([NEAREST] if around else []), *kind.sorts]
        ]


def listing_of(index: "EntryIndexPage", request: HttpRequest) -> Listing:
    """Return the list that a request asks for, read once. A preview shows the whole list."""
    if not hasattr(request, "entry_listing"):
        query = QueryDict() if getattr(request, "is_preview", False) else request.GET
        request.entry_listing = Listing(index, query)
    return request.entry_listing


def redirect_of(index: "EntryIndexPage", request: HttpRequest) -> Any:
    """Return the way to the one address that says the same, None where it was asked already.

    Permanent unless something meant nothing: what is unknown today may be a subject tomorrow.
    """
    address = listing_of(index, request).address
    if is_canonical(request.GET, address):
        return None
    query = address.query()
    way = HttpResponseRedirect if address.has_ignored else HttpResponsePermanentRedirect
    return way(f"{request.path}?{query}" if query else request.path)


def ordered(entries: EntryQuerySet, address: ListAddress) -> EntryQuerySet:
    """Return entries in the order that was asked for, with their distance where there is a point."""
    around = address.browse.around
    if around:
        entries = entries.order_by_distance(around.latitude, around.longitude, stable=True)
    if address.sort == ENDING:
        # What ends today or later first, then what has no end, what is over last.
        phase = Case(
            When(end_date__gte=timezone.localdate(), then=Value(0)),
            When(end_date__isnull=True, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return entries.order_by(phase, "end_date", "-rank", "pk")
    if address.sort == NEWEST:
        return entries.order_by("-start_date" if address.browse.kind == Kind.STORY else "-published_at", "pk")
    return entries if address.sort == NEAREST else entries.order_by("-rank", "pk")


def page_head(listing: Listing, context: dict[str, Any], page_url: str) -> dict[str, Any]:
    """Return what search engines and the language switch need to know of this very list."""
    address = listing.address
    query = address.query()
    narrowing = address.query(page=())
    names = ", ".join(chip["label"] for chip in context["chips"])
    is_open_ended = bool({WORDS, NEAR, SORT, AREA} & address.tokens.keys()) or bool(
        address.place and not address.place.place
    )
    head = {
        "canonical_url": f"{page_url}?{query}" if query else page_url,
        "robots": "noindex, follow" if address.chosen > 1 or is_open_ended else "",
        "language_links": [
            link | {"url": f"{link['url']}?{narrowing}"} if narrowing else link for link in context["language_links"]
        ],
    }
    if query:
        head["alternates"] = []
    if names:
        head["page_title"] = f"{context['page_title']}: {names}"
    return head


def _in_trees(labels: list[TermLabel]) -> Iterator[tuple[TermLabel, bool]]:
    """Yield terms with what stands below them behind each, and whether they stand below one."""
    keys = {label.key for label in labels}
    below: dict[Any, list[TermLabel]] = {}
    for label in labels:
        below.setdefault(label.parent if label.parent in keys else None, []).append(label)
    waiting = [(label, False) for label in reversed(below.get(None, []))]
    while waiting:
        label, is_below = waiting.pop()
        yield label, is_below
        waiting += [(one, True) for one in reversed(below.get(label.key, []))]


def _words_of(name: str) -> str:
    return {
        SECTOR: _("Subject"),
        STATUS: _("How far it is"),
        SKILL: _("Skills sought"),
        HUB: _("Hub"),
        TYPE: _("Type"),
        LANGUAGE: _("Language"),
        OPEN: _("Open for collaboration"),
        ONLINE: _("Online"),
    }[name]
