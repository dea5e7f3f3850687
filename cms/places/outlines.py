"""What an outline must be before it is stored: a GeoJSON polygon that every map and both databases can read."""

from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .geo import polygons_of, positions_of

KINDS = ("Polygon", "MultiPolygon")
MOST_POSITIONS = 20_000
LIMITS = (180, 90)  # degrees of longitude, latitude
# Anything else, a reference system above all, would make PostGIS read the outline differently from shapely.
MEMBERS = {"type", "coordinates", "bbox"}
FEWEST_POSITIONS_OF_RING = 4


def validate_boundary(geojson: Any) -> None:
    """Check an outline: type, rings, ranges of degrees, size, and that it does not cross itself.

    Raises ValidationError with a message for editors.
    """
    _check_type(geojson)
    _check_structure(geojson)
    _check_positions(geojson)
    _check_rings(geojson)
    _check_shape(geojson)


def _check_type(geojson: Any) -> None:
    if not isinstance(geojson, dict) or geojson.get("type") not in KINDS:
        raise ValidationError(
            _("The outline must be a GeoJSON object of the type Polygon or MultiPolygon."), code="type"
        )


def _check_structure(geojson: dict[str, Any]) -> None:
    polygons = polygons_of(geojson) if isinstance(geojson.get("coordinates"), list) else []
    sound = bool(polygons) and all(
        isinstance(polygon, list) and polygon and all(isinstance(ring, list) and ring for ring in polygon)
        for polygon in polygons
    )
    if not sound or not set(geojson) <= MEMBERS:
        raise ValidationError(
            _("The outline must have coordinates, nested as GeoJSON asks, and nothing else."), code="structure"
        )


def _check_positions(geojson: dict[str, Any]) -> None:
    for count, position in enumerate(positions_of(geojson), start=1):
        if count > MOST_POSITIONS:
            message = _("The outline has more than %(most)s points. Please simplify it.")
            raise ValidationError(message, code="size", params={"most": MOST_POSITIONS})
        if not _is_position(position):
            message = _("%(position)s is not a point: GeoJSON wants [longitude, latitude] in degrees.")
            raise ValidationError(message, code="position", params={"position": str(position)[:80]})


def _is_position(position: Any) -> bool:
    """Tell whether this is a longitude and a latitude. A third number, the height, means nothing on a map."""
    if not isinstance(position, list) or len(position) != len(LIMITS):
        return False
    # Not a number is not smaller than anything, and True is no number here although Python thinks so.
    return all(
        type(number) in (int, float) and abs(number) <= limit for number, limit in zip(position, LIMITS, strict=True)
    )


def _check_rings(geojson: dict[str, Any]) -> None:
    for polygon in polygons_of(geojson):
        for ring in polygon:
            if len(ring) < FEWEST_POSITIONS_OF_RING or ring[0] != ring[-1]:
                message = _("A ring of the outline is not closed: its last point must repeat its first.")
                raise ValidationError(message, code="ring")


def _check_shape(geojson: dict[str, Any]) -> None:
    shape = shapely.MultiPolygon([(rings[0], rings[1:]) for rings in polygons_of(geojson)])
    if shape.is_valid:
        return
    message = _("The outline crosses or touches itself: %(reason)s (longitude latitude).")
    raise ValidationError(message, code="shape", params={"reason": shapely.is_valid_reason(shape)})
