"""How the address of the page of people says what is asked for. What means nothing in it is left out."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from cms.core.api.parameters import MOST_WORDS
from cms.directory.addresses import CONTROL, LONGEST_TEXT, RADII, USUAL_RADIUS
from cms.directory.browse import Around
from cms.directory.hub_names import HubName, hub_names, meant
from cms.places.names import folded
from cms.places.selectors import PlaceAnswer, find_places
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, Terms

from .enums import Availability, Order
from .languages import language_codes, language_name
from .selectors import Asked

# In the order in which they stand on the page and in addresses.
FILTERS = ("q", "skill", "sector", "language", "availability", "place", "hub")


@dataclass
class PeopleAddress:
    """One address, read: what it asks for, and how that is written. `labels` are the words for what is chosen."""

    asked: Asked = field(default_factory=Asked)
    tokens: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    order: str = Order.NEWEST
    place: PlaceAnswer | None = None

    def query(self, **changes: str) -> str:
        """Return the query of this address with some parameters changed, "" taking one away."""
        tokens = self.tokens | changes
        if not tokens.get("place"):
            tokens.pop("radius", None)
        return urlencode([(name, token) for name, token in tokens.items() if token])


def read_address(query: QueryDict, language: str, labels: Terms) -> PeopleAddress:
    """Read the query of the page. At most one query for the hub and two for the place."""
    address = PeopleAddress()
    words = _words(query, address)
    skill = _term(query, "skill", Vocabulary.SKILL, labels, address)
    sector = _term(query, "sector", Vocabulary.SECTOR, labels, address)
    spoken = _choice(query, "language", {code: language_name(code, language) for code in language_codes()}, address)
    available = _choice(query, "availability", dict(Availability.choices), address)
    around = _around(query, language, address)
    hub = _hub(query, language, address)
    address.order = query.get("ordering", "") if query.get("ordering") in Order.values else Order.NEWEST
    if address.order != Order.NEWEST:
        address.tokens["ordering"] = address.order
    address.asked = Asked(
        words=words,
        skills=frozenset(labels.subtree(skill.key)) if skill else None,
        sectors=frozenset(labels.subtree(sector.key)) if sector else None,
        languages=spoken and (spoken,),
        availability=available and (available,),
        hubs=(hub.key,) if hub else None,
        around=around,
    )
    return address


def _line(query: QueryDict, name: str) -> str:
    return " ".join(CONTROL.sub(" ", query.get(name, "")).split())[:LONGEST_TEXT].strip()


def _words(query: QueryDict, address: PeopleAddress) -> tuple[str, ...]:
    words = tuple(word for word in _line(query, "q").split()[:MOST_WORDS] if folded(word))
    if words:
        address.tokens["q"] = " ".join(words)
        address.labels["q"] = f"“{address.tokens['q']}”"
    return words


def _term(
    query: QueryDict, name: str, vocabulary: Vocabulary, labels: Terms, address: PeopleAddress
) -> TermLabel | None:
    label = labels.find(vocabulary, query.get(name, ""))
    if label:
        address.tokens[name], address.labels[name] = label.slug, label.name
    return label


def _choice(query: QueryDict, name: str, choices: dict[str, Any], address: PeopleAddress) -> str | None:
    value = query.get(name, "")
    if value not in choices:
        return None
    address.tokens[name], address.labels[name] = value, str(choices[value])
    return value


def _around(query: QueryDict, language: str, address: PeopleAddress) -> Around | None:
    text = _line(query, "place")
    if not text:
        return None
    radius = next((km for km in RADII if str(km) == query.get("radius")), USUAL_RADIUS)
    address.place = answer = find_places(text, language)
    address.tokens["place"] = answer.token
    if radius != USUAL_RADIUS:
        address.tokens["radius"] = str(radius)
    found = answer.place
    if found is None:
        return None
    address.labels["place"] = f"{found.name_in(language)}, {radius} km"
    return Around(found.latitude, found.longitude, radius)


def _hub(query: QueryDict, language: str, address: PeopleAddress) -> HubName | None:
    token = query.get("hub", "")[:LONGEST_TEXT]
    if not token or CONTROL.search(token):
        return None
    hub = meant(token, hub_names(language, tokens=[token]))
    if hub:
        address.tokens["hub"], address.labels["hub"] = hub.token, hub.title
    return hub
