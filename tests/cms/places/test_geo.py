import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.places.geo import EARTH_RADIUS_KM, Box, box_around, box_of, great_circle_km, outline_covers, wrapped

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def is_in(box: Box, latitude: float, longitude: float) -> bool:
    if not box.south <= latitude <= box.north:
        return False
    if box.west <= box.east:
        return box.west <= longitude <= box.east
    return longitude >= box.west or longitude <= box.east


def test_known_distances():
    assert great_circle_km(52.52437, 13.41053, 48.13743, 11.57549) == pytest.approx(504, rel=0.005)
    assert great_circle_km(51.5074, -0.1278, 48.8566, 2.3522) == pytest.approx(344, rel=0.005)
    assert great_circle_km(0, 0, 0, 180) == pytest.approx(math.pi * EARTH_RADIUS_KM)


@given(latitudes, longitudes, st.floats(0.1, 15_000), st.floats(0, 360), st.floats(0, 1))
def test_box_holds_every_point_of_its_circle(latitude, longitude, km, bearing, share):
    angle, direction, start = km * share / EARTH_RADIUS_KM, math.radians(bearing), math.radians(latitude)
    sine = math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(direction)
    target = math.asin(max(-1.0, min(1.0, sine)))
    turn = math.atan2(
        math.sin(direction) * math.sin(angle) * math.cos(start), math.cos(angle) - math.sin(start) * math.sin(target)
    )
    assert is_in(box_around(latitude, longitude, km), math.degrees(target), wrapped(longitude + math.degrees(turn)))


def test_box_is_tight():
    box = box_around(52.52, 13.4, 10)
    assert box.north - box.south == pytest.approx(20 / 111.195, rel=0.001)
    assert box.east - box.west == pytest.approx(20 / 111.195 / math.cos(math.radians(52.52)), rel=0.001)


def test_box_over_the_antimeridian_and_at_the_pole():
    assert box_around(-17, 179.9, 50).west > box_around(-17, 179.9, 50).east
    assert box_around(89.9, 0, 50) == pytest.approx((89.449, -180, 90, 180), abs=0.01)


def test_box_of_an_outline_that_is_cut_at_the_antimeridian():
    fiji = {
        "type": "MultiPolygon",
        "coordinates": [
            [[[177, -19], [180, -19], [180, -16], [177, -16], [177, -19]]],
            [[[-180, -18], [-179, -18], [-179, -16], [-180, -16], [-180, -18]]],
        ],
    }
    assert box_of(fiji) == Box(-19, 177, -16, -179)


def test_unknown_positions_are_neither_in_nor_out():
    assert outline_covers(None, 1, 1) is None
    assert outline_covers('{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]}', None, 1) is None
    assert outline_covers('{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]}', 0.0, 1.0) is True
