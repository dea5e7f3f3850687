import uuid
from dataclasses import dataclass

from django.db import transaction

from .enums import PlaceSource
from .models import BOX_FIELDS, Place, PlaceName
from .nominatim import OsmPlace

OSM_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.openstreetmap.org/")
OSM_OUTLINE_SOURCE = "© OpenStreetMap contributors, ODbL 1.0"
# What the gazetteer knows better than we do. Outlines are not among them: editors correct those.
GAZETTEER_FIELDS = ("name", "names", "kind", "country", "population", "latitude", "longitude", "parent_id")
OUTLINE_FIELDS = ("boundary", "boundary_source", *BOX_FIELDS)
BATCH = 2_000


@dataclass(frozen=True)
class Loaded:
    """How many places a load has added and corrected."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def load_places(*, places: list[Place]) -> Loaded:
    """Store places of a gazetteer by their ids: add what is new, correct what differs, leave the rest untouched.

    An outline is set only where none is: what editors drew stays. Parents must precede their children.
    """
    known = Place.objects.from_source(PlaceSource.GEONAMES).in_bulk()
    added = [place for place in places if place.pk not in known]
    changed = [place for place in places if place.pk in known and _differs(place, known[place.pk])]
    Place.objects.bulk_create(added, batch_size=BATCH)
    fields = [name.removesuffix("_id") for name in GAZETTEER_FIELDS] + list(OUTLINE_FIELDS)
    Place.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    PlaceName.objects.rewrite([*added, *changed])
    return Loaded(added=len(added), changed=len(changed), unchanged=len(places) - len(added) - len(changed))


def _differs(place: Place, known: Place) -> bool:
    """Tell whether a known place must be written again; its outline, if it has one, is carried over."""
    gains_outline = place.boundary is not None and known.boundary is None
    if not gains_outline:
        for name in OUTLINE_FIELDS:
            setattr(place, name, getattr(known, name))
    return gains_outline or any(getattr(place, name) != getattr(known, name) for name in GAZETTEER_FIELDS)


def keep_osm_place(*, found: OsmPlace) -> Place:
    """Return our place for one of OpenStreetMap, stored on its first appearance. A place we have stays as it is."""
    values = {
        "id": uuid.uuid5(OSM_NAMESPACE, found.source_id),
        "name": found.name,
        "names": found.names,
        "kind": found.kind,
        "country": found.country,
        "population": found.population,
        "latitude": found.latitude,
        "longitude": found.longitude,
        "boundary": found.boundary,
        "boundary_source": OSM_OUTLINE_SOURCE if found.boundary else "",
    }
    if found.box is not None:
        values |= dict(zip(BOX_FIELDS, found.box, strict=True))
    place, _created = Place.objects.get_or_create(source=PlaceSource.OSM, source_id=found.source_id, defaults=values)
    return place
