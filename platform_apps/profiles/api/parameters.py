"""What lists of people can be narrowed down by, and what that asks of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cms.core.api.pagination import PAGE_PARAMETERS
from cms.core.api.parameters import (
    LANG,
    BadParameterError,
    Choice,
    Id,
    Number,
    Parameter,
    Point,
    Reference,
    Words,
    refuse,
    several,
)
from cms.directory.api.parameters import LARGEST_RADIUS_KM
from cms.directory.api.references import EntryReference, resolve
from cms.directory.browse import Around
from cms.directory.enums import Kind
from cms.places.names import folded
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import Terms
from platform_apps.profiles.enums import Availability, Order
from platform_apps.profiles.languages import language_codes
from platform_apps.profiles.selectors import Asked


@dataclass(frozen=True)
class Letters(Words):
    """Words that have a letter or digit each."""

    def check(self, text: str) -> str:
        if not all(map(folded, super().check(text).split())):
            raise BadParameterError(_("At least one letter or digit in every word."))
        return text


FILTERS: dict[str, Parameter] = {
    "q": Letters("Words that all have to be in name, line or text, as far as they are shown; accents do not matter."),
    "skill": several(Reference("A skill (id or slug), with everything below it.")),
    "sector": several(Reference("A sector (id or slug), with everything below it.")),
    "language": several(Choice("A language spoken, two letters (ISO 639).", choices=tuple(sorted(language_codes())))),
    "availability": several(Choice("How much time they have.", choices=tuple(Availability.values))),
    "hub": several(EntryReference("A hub (id or slug) that they belong to.", kind=Kind.HUB)),
    "within": Id("A place: who is at home in its outline."),
    "near": Point("A point as latitude,longitude in degrees; give `radius` as well."),
    "radius": Number("Kilometres around `near`.", above=0, most=LARGEST_RADIUS_KM),
}  # fmt: skip
ORDERING = Choice("The order: `newest` (the default) or by `name`.", choices=tuple(Order.values))
PARAMETERS: dict[str, Parameter] = FILTERS | {"ordering": ORDERING, **PAGE_PARAMETERS, "lang": LANG}


def asked_of(values: Mapping[str, Any], labels: Terms) -> Asked:
    """Return what was asked for. Raises ValidationError for what exists nowhere: it must not answer with everybody."""
    if ("near" in values) != ("radius" in values):
        raise refuse("radius" if "radius" in values else "near", _("A point and a radius go together."))
    found = resolve(FILTERS, {name: value for name, value in values.items() if name in FILTERS})
    return Asked(
        words=tuple(values.get("q", "").split()),
        skills=_keys(values, "skill", Vocabulary.SKILL, labels),
        sectors=_keys(values, "sector", Vocabulary.SECTOR, labels),
        languages=values.get("language"),
        availability=values.get("availability"),
        hubs=found.get("hub"),
        around=Around(*values["near"], values["radius"]) if "near" in values else None,
        within=found.get("within"),
    )


def _keys(values: Mapping[str, Any], name: str, vocabulary: Vocabulary, labels: Terms) -> frozenset[UUID] | None:
    if name not in values:
        return None
    keys: set[UUID] = set()
    for text in values[name]:
        label = labels.find(vocabulary, text)
        if label is None:
            raise refuse(name, _("There is nothing public of that name."))
        keys |= labels.subtree(label.key)
    return frozenset(keys)
