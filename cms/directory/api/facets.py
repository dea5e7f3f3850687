"""The facets of a list with how many entries each value would show."""

import uuid
from typing import Any, ClassVar

from django.utils.translation import get_language_info
from rest_framework import serializers

from cms.core.api.pagination import PAGE_PARAMETERS
from cms.core.api.parameters import Parameter
from cms.core.api.views import ReadView
from cms.directory.browse import FACETS, HUB, LANGUAGE, ONLINE, OPEN, TYPE
from cms.directory.enums import Kind
from cms.directory.facet_statement import facet_terms
from cms.directory.facets import Counts, count_facets
from cms.directory.hub_names import HubName, hub_names
from cms.taxonomy.selectors import Terms, shown_terms

from .filters import browse_of, check_position
from .orderings import DISTANCE
from .references import resolve

NOT_FOR_COUNTS = {*PAGE_PARAMETERS, "ordering", "fields"}
# The hubs with the most entries; a network of thousands does not send them all.
MOST_HUBS = 100


class FacetValueSerializer(serializers.Serializer):
    """One value of a facet."""

    key = serializers.CharField(help_text="An id, a language code, a kind of hub, or true or false.")
    slug = serializers.CharField(help_text="What the list's filter takes as well; the key where there is no other.")
    label = serializers.CharField(help_text="In the chosen language; empty for true and false.", allow_blank=True)
    count = serializers.IntegerField(help_text="The entries that carry it or something below it.")
    parent = serializers.CharField(allow_null=True, help_text="The key of the value above it.")


class FacetSerializer(serializers.Serializer):
    """A facet, under the name of the list's filter."""

    name = serializers.CharField()
    values = FacetValueSerializer(many=True, help_text="Only those that would show something.")


class FacetsSerializer(serializers.Serializer):
    """What a list holds. Each facet is counted with all others applied."""

    total = serializers.IntegerField(help_text="The entries that the list would show.")
    facets = FacetSerializer(many=True)


class EntryFacetsView(ReadView):
    """What the public entries of a kind could be narrowed down to, in at most four queries."""

    row_serializer = FacetsSerializer
    kind: ClassVar[Kind]
    hub_kinds: ClassVar[dict[str, Any]] = {}

    @classmethod
    def operation(cls) -> str:
        return "facets"

    def read(self) -> dict[str, Any]:
        check_position(self.values, DISTANCE if "near" in self.values else "")
        labels = shown_terms(self.language)
        values = {**self.values, **resolve(self.parameters, self.values)}
        counts = count_facets(browse_of(self.kind, values, labels), labels)
        hubs = hub_names(self.language, keys=_largest(counts.values.get(HUB, {})))
        return {
            "total": counts.total,
            "facets": [
                {"name": name, "values": self._values(name, counts, labels, hubs)} for name in FACETS[self.kind]
            ],
        }

    def _values(self, name: str, counts: Counts, labels: Terms, hubs: dict[uuid.UUID, HubName]) -> list[dict[str, Any]]:
        numbers = counts.values.get(name, {})
        if name == HUB:
            shown = [(key, hubs[key].token, hubs[key].title) for key in _largest(numbers) if key in hubs]
        elif name == LANGUAGE:
            shown = [(code, code, str(get_language_info(code)["name_translated"])) for code in sorted(numbers)]
        elif name in {OPEN, ONLINE}:
            shown = [(answer, answer, "") for answer in sorted(numbers, reverse=True)]
        elif name == TYPE and self.kind == Kind.HUB:
            shown = [(key, key, str(label)) for key, label in self.hub_kinds.items()]
        else:
            shown = [(label.key, label.slug, label.name) for label in facet_terms(labels, name)]
        return [
            {"key": key, "slug": slug, "label": label, "count": numbers[key], "parent": _parent(key, labels)}
            for key, slug, label in shown
            if key in numbers
        ]


def counted_parameters(parameters: dict[str, Parameter]) -> dict[str, Parameter]:
    """Return the parameters of a list that decide what is in it."""
    return {name: parameter for name, parameter in parameters.items() if name not in NOT_FOR_COUNTS}


def _largest(numbers: dict[uuid.UUID, int]) -> list[uuid.UUID]:
    return sorted(numbers, key=lambda key: (-numbers[key], str(key)))[:MOST_HUBS]


def _parent(key: Any, labels: Terms) -> uuid.UUID | None:
    label = labels.by_key.get(key)
    return label.parent if label else None
