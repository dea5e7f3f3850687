"""Makes the checked parameters of a list into what the directory narrows by."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cms.core.api.parameters import refuse
from cms.directory.browse import HUB, LANGUAGE, ONLINE, OPEN, ORGANIZATION, TYPE, VOCABULARIES, Around, Browse
from cms.directory.enums import Kind
from cms.places.geo import Box
from cms.taxonomy.selectors import Terms

# Facets whose values are ready as they are parsed, or were looked up before.
READY = (HUB, ORGANIZATION, LANGUAGE)
TRUTHS = (OPEN, ONLINE)


def browse_of(kind: str, values: Mapping[str, Any], labels: Terms) -> Browse:
    """Return what was asked for; references are resolved before. Raises ValidationError for an unknown term."""
    facets: dict[str, tuple[Any, ...]] = {}
    for name, value in values.items():
        if name in READY or (name == TYPE and kind == Kind.HUB):
            facets[name] = value
        elif name in TRUTHS:
            facets[name] = (value,)
        elif name in VOCABULARIES:
            facets[name] = tuple(_term(labels, name, text) for text in value)
    return Browse(
        kind,
        facets,
        words=tuple(values.get("q", "").split()),
        around=Around(*values["near"], values.get("radius")) if "near" in values else None,
        box=box_of_edges(values["bbox"]) if "bbox" in values else None,
        within=values.get("within"),
        parent=values.get("parent"),
    )


def box_of_edges(edges: tuple[float, float, float, float]) -> Box:
    """Return the box of the parameter `bbox`."""
    west, south, east, north = edges
    return Box(south, west, north, east)


def _term(labels: Terms, name: str, text: str) -> uuid.UUID:
    label = labels.find(VOCABULARIES[name], text)
    if label is None:
        raise refuse(name, _("There is nothing public of that name."))
    return label.key


def check_position(values: Mapping[str, Any], ordering: str) -> None:
    """Raise ValidationError for parameters about distance that make no sense together."""
    if "near" in values:
        if "radius" not in values and ordering != "distance":
            raise refuse("near", _("Give a radius as well, or order by distance."))
        return
    if "radius" in values:
        raise refuse("radius", _("A radius needs a point: give near as well."))
    if ordering == "distance":
        raise refuse("ordering", _("Distance needs a point: give near as well."))
