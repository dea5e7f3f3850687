"""Positions on the square map of the web (Web Mercator), as whole numbers that a database groups by.

The world is 2 ** DEPTH units wide and high, 0,0 in its north-western corner: a unit is at most 15 centimetres. What
lies beyond 85 degrees stands on the edge, where such maps end.
"""

import math

from django.db.models import Case, F, FloatField, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Floor, Greatest, Least, Ln, Radians, Tan

DEPTH = 28
WORLD = 2**DEPTH
# Where the map is as high as it is wide.
LAST_LATITUDE = 85.0511287798066


def map_x(longitude: float) -> int:
    """Return how far east a meridian lies, in units."""
    return _within((longitude + 180) / 360)


def map_y(latitude: float) -> int:
    """Return how far south a parallel lies, in units."""
    bounded = math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, latitude)))
    return _within(0.5 - math.log(math.tan(math.pi / 4 + bounded / 2)) / (2 * math.pi))


def longitude_at(x: float) -> float:
    """Return the meridian of a position in units."""
    return x / WORLD * 360 - 180


def latitude_at(y: float) -> float:
    """Return the parallel of a position in units."""
    return math.degrees(2 * math.atan(math.exp((0.5 - y / WORLD) * 2 * math.pi)) - math.pi / 2)


def map_x_of(column: str) -> Combinable:
    """Return the expression that a generated column computes `map_x` by, from the name of a column of longitudes."""
    return _stored(column, (F(column) + Value(180.0)) / Value(360.0))


def map_y_of(column: str) -> Combinable:
    """Return the expression that a generated column computes `map_y` by, from the name of a column of latitudes."""
    bounded = Greatest(Least(F(column), Value(LAST_LATITUDE)), Value(-LAST_LATITUDE), output_field=FloatField())
    stretched = Ln(Tan(Radians(Value(45.0) + bounded / Value(2.0))))
    return _stored(column, Value(0.5) - stretched / Value(2 * math.pi))


def _within(share: float) -> int:
    return max(0, min(WORLD - 1, math.floor(share * WORLD)))


def _stored(column: str, share: Combinable) -> Combinable:
    units = Least(Floor(share * Value(float(WORLD))), Value(float(WORLD - 1)), output_field=FloatField())
    # The databases disagree on what the least of a number and nothing is: without coordinates there is no position.
    return Case(
        When(**{f"{column}__isnull": False}, then=Cast(Greatest(units, Value(0.0)), IntegerField())),
        output_field=IntegerField(),
    )
