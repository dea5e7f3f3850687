import factory

from cms.places.enums import PlaceKind, PlaceSource
from cms.places.models import Place


class PlaceFactory(factory.django.DjangoModelFactory):
    """A place of our own in Berlin, unless told otherwise."""

    class Meta:
        model = Place

    class Params:
        # A square of about 2.2 km by 1.4 km around the place.
        outlined = factory.Trait(
            boundary=factory.LazyAttribute(lambda place: square(place.latitude, place.longitude, 0.01)),
            boundary_source="Drawn for a test",
        )

    source = PlaceSource.OWN
    source_id = factory.Sequence(lambda number: f"test-{number}")
    name = factory.Sequence(lambda number: f"Place {number}")
    kind = PlaceKind.CITY
    country = "DE"
    latitude = 52.52
    longitude = 13.405


def square(latitude: float, longitude: float, reach: float) -> dict:
    """Return a GeoJSON square whose edges lie `reach` degrees from its centre."""
    west, east = longitude - reach, longitude + reach
    south, north = latitude - reach, latitude + reach
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }
