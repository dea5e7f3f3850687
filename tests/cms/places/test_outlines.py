import math

import pytest
from django.core.exceptions import ValidationError

from cms.places.outlines import MOST_POSITIONS, validate_boundary
from tests.factories.places import square

BOW_TIE = {"type": "Polygon", "coordinates": [[[13.0, 52.0], [13.1, 52.1], [13.1, 52.0], [13.0, 52.1], [13.0, 52.0]]]}


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [list(ring)]}


def many_positions(count):
    ring = [[10 * math.cos(2 * math.pi * n / count), 10 * math.sin(2 * math.pi * n / count)] for n in range(count)]
    return polygon(*ring, ring[0])


@pytest.mark.parametrize("sound", [square(52.5, 13.4, 0.1), many_positions(MOST_POSITIONS - 1), square(0, 170, 10)])
def test_sound_outlines_pass(sound):
    validate_boundary(sound)


def test_holes_and_parts_pass():
    outer, hole = square(0, 0, 2)["coordinates"][0], square(0, 0, 1)["coordinates"][0]
    far = square(10, 10, 1)["coordinates"]
    validate_boundary({"type": "MultiPolygon", "coordinates": [[outer, hole], far]})


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (None, "type"),
        ("POLYGON", "type"),
        ({"type": "Point", "coordinates": [1, 2]}, "type"),
        ({"type": "Feature", "geometry": square(1, 1, 1)}, "type"),
        ({"type": "Polygon"}, "structure"),
        ({"type": "Polygon", "coordinates": []}, "structure"),
        ({"type": "Polygon", "coordinates": [[]]}, "structure"),
        ({"type": "MultiPolygon", "coordinates": [5]}, "structure"),
        (square(1, 1, 1) | {"crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}, "structure"),
        (polygon([0, 0], [1, 0], [1, float("nan")], [0, 0]), "position"),
        (polygon([0, 0], [1, 0], [1, float("inf")], [0, 0]), "position"),
        (polygon([0, 0], [1, 0], [1, 10**400], [0, 0]), "position"),
        (polygon([0, 0], [1, 0], [1, True], [0, 0]), "position"),
        (polygon([0, 0], [1, 0], ["1", "1"], [0, 0]), "position"),
        (polygon([0, 0], [1, 0], [1, 1, 30], [0, 0]), "position"),
        (polygon([0, 0], [181, 0], [1, 1], [0, 0]), "position"),
        (polygon([52, 100], [52, 101], [53, 101], [52, 100]), "position"),  # latitude where the longitude belongs
        (polygon([0, 0], [1, 0], [1, 1], [0, 1]), "ring"),
        (polygon([0, 0], [1, 0], [0, 0]), "ring"),
        (many_positions(MOST_POSITIONS), "size"),
        (BOW_TIE, "shape"),
        ({"type": "MultiPolygon", "coordinates": [square(0, 0, 1)["coordinates"]] * 2}, "shape"),
    ],
)
def test_broken_outlines_are_refused(broken, code):
    with pytest.raises(ValidationError) as refusal:
        validate_boundary(broken)
    assert refusal.value.code == code


def test_the_message_says_where_it_crosses():
    with pytest.raises(ValidationError, match=r"Self-intersection\[13.05 52.05\]"):
        validate_boundary(BOW_TIE)
