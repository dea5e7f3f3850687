"""Narrows entries down to what a list was asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cms.core.api.parameters import refuse
from cms.directory.enums import Attendance
from cms.directory.querysets import EntryQuerySet
from cms.places.models import Place
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, Terms

Filter = Callable[[EntryQuerySet, Any], EntryQuerySet]

PLAIN_FILTERS: dict[str, Filter] = {
    "hub": lambda entries, hub_id: entries.in_hub(hub_id),
    "organization": lambda entries, organization_id: entries.of_organization(organization_id),
    "parent": lambda entries, parent_id: entries.filter(parent_id=parent_id),
    "language": lambda entries, language: entries.written_in(language),
    "open": lambda entries, is_open: entries.filter(is_open=is_open),
    "online": lambda entries, is_online: entries.online() if is_online else entries.filter(attendance=Attendance.PLACE),
    "hub_kind": lambda entries, kind: entries.filter(hub_kind=kind),
}
VOCABULARIES = {
    "sector": Vocabulary.SECTOR,
    "skill": Vocabulary.SKILL,
    "status": Vocabulary.PROJECT_STATUS,
    "type": Vocabulary.ORGANIZATION_TYPE,
}


def filtered(entries: EntryQuerySet, values: Mapping[str, Any], labels: Terms) -> EntryQuerySet:
    """Apply each filter that was given; references are resolved before. Raises ValidationError for an unknown term."""
    for name, value in values.items():
        if name in PLAIN_FILTERS:
            entries = PLAIN_FILTERS[name](entries, value)
        elif name in VOCABULARIES:
            entries = entries.with_term(labels.subtree(_term(labels, name, value).key))
    return _around(entries, values)


def _term(labels: Terms, name: str, text: str) -> TermLabel:
    label = labels.find(VOCABULARIES[name], text)
    if label is None:
        raise refuse(name, _("There is nothing public of that name."))
    return label


def _around(entries: EntryQuerySet, values: Mapping[str, Any]) -> EntryQuerySet:
    within: Place | None = values.get("within")
    if within is not None:
        entries = entries.inside(within)
    if "near" in values:
        if "radius" in values:
            entries = entries.within_radius(*values["near"], values["radius"])
        entries = entries.order_by_distance(*values["near"])
    return entries


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
