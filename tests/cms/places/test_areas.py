"""Boxes in addresses: rounded outwards, and written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.places.areas import read_area, written_area
from cms.places.geo import Box, box_around

LONGITUDES = st.integers(-180_000_000, 180_000_000).map(lambda number: f"{number / 1_000_000:.6f}")
LATITUDES = st.integers(-90_000_000, 90_000_000)


@given(west=LONGITUDES, east=LONGITUDES, edges=st.tuples(LATITUDES, LATITUDES))
def test_what_is_written_says_the_same_and_nothing_is_lost(west: str, east: str, edges: tuple[int, int]) -> None:
    south, north = (f"{number / 1_000_000:.6f}" for number in sorted(edges))
    found = read_area(f"{west},{south},{east},{north}")
    assert found is not None
    box, written = found
    assert read_area(written) == found
    assert box.south <= float(south) <= float(north) <= box.north
    assert box.west <= float(west)
    assert box.east >= float(east)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("7.51234,51.91234,7.612,52.0", "7.512,51.912,7.612,52"),
        ("13.123,52.3333,13.888,52.7", "13.12,52.33,13.89,52.7"),
        ("-12.34,35.11,32.5,62.99", "-12.4,35.1,32.5,63"),
        ("-179.5,-60.5,179.9,70.2", "-180,-61,180,71"),
        ("179.123,-20,-179.456,-17", "179.12,-20,-179.45,-17"),
        ("7.62,51.96,7.62,51.96", "7.62,51.96,7.62,51.96"),
        ("-0.0,0,0.00,0", "0,0,0,0"),
    ],
)
def test_how_it_is_written(text: str, written: str) -> None:
    assert read_area(text)[1] == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "nan,nan,nan,nan",
        "7,53,8,52",
        "181,1,2,3",
        "1,-91,2,3",
        "1e1,2,3,4",
        "1, 2,3,4",
        "٧,1,8,2",
    ],
)
def test_what_is_no_box(text: str) -> None:
    assert read_area(text) is None


def test_a_circle_has_an_area() -> None:
    assert written_area(box_around(51.96, 7.63, 20)) == "7.33,51.78,7.93,52.14"
    assert written_area(Box(-90.0, -180.0, 90.0, 180.0)) == "-180,-90,180,90"
