"""The SQL of distance and containment: PostGIS on PostgreSQL, mathematics and one function of ours on SQLite.

Each expression keeps latitude and longitude as its source expressions, so that Django qualifies, joins and relabels
them as it does any column. On PostgreSQL the generated point beside them is read from the same table alias.

Distances are on the sphere on both databases: PostGIS orders by `<->` on the sphere whatever else it does, and what is
shown, sorted and cut off must be one number. The spheroid differs by at most 0.6 percent.
"""

from typing import Any

from django.db.models import BooleanField, F, FloatField, Func, Value
from django.db.models.sql.compiler import SQLCompiler

from .geo import EARTH_RADIUS_KM

METRES_PER_KM = 1000.0

Sql = tuple[str, list[Any]]


class _PointExpression(Func):
    """An expression of one point per row, given by the names of its latitude and longitude fields."""

    def __init__(self, latitude: str, longitude: str, *values: Any, point_column: str = "point", **extra: Any) -> None:
        super().__init__(*[F(name) for name in (latitude, longitude)], *[Value(value) for value in values], **extra)
        self.point_column = point_column

    def _constructor_args_of_values(self) -> list[Any]:
        return [expression.value for expression in self.source_expressions[2:]]

    def _point(self, compiler: SQLCompiler) -> str:
        """Return the generated point of the row, qualified by the alias that its latitude has in this query."""
        quote = compiler.quote_name_unless_alias
        return f"{quote(self.source_expressions[0].alias)}.{quote(self.point_column)}"


class DistanceKm(_PointExpression):
    """Kilometres from each row to one place; null for a row without coordinates."""

    output_field = FloatField()
    # Two times the radius times the arc sine of half the chord; min() guards the antipodes against rounding.
    template_sqlite = (
        "(%(diameter)s * ASIN(SQRT(MIN(1.0,"
        " POWER(SIN(RADIANS(%(lat)s - %%s) / 2), 2)"
        " + COS(RADIANS(%%s)) * COS(RADIANS(%(lat)s)) * POWER(SIN(RADIANS(%(lon)s - %%s) / 2), 2)))))"
    )

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        columns, parameters = zip(*[compiler.compile(column) for column in self.source_expressions[:2]], strict=True)
        if any(parameters):
            raise NotImplementedError("Coordinates must be plain columns.")
        latitude, longitude = self._constructor_args_of_values()
        sql = self.template_sqlite % {"diameter": 2 * EARTH_RADIUS_KM, "lat": columns[0], "lon": columns[1]}
        return sql, [latitude, latitude, longitude]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        sql, parameters = self.metres(compiler)
        return f"({sql} / {METRES_PER_KM})", parameters

    def metres(self, compiler: SQLCompiler) -> Sql:
        """Return the bare operator, the only form that an index can sort by."""
        latitude, longitude = self._constructor_args_of_values()
        here = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography"
        return f"({self._point(compiler)} <-> {here})", [longitude, latitude]


class DistanceRank(DistanceKm):
    """What to sort by: the same order as DistanceKm, in the form that the nearest-neighbour index serves."""

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        return self.metres(compiler)


class IsWithinKm(_PointExpression):
    """Whether each row lies in a circle: latitude and longitude of its centre, radius in kilometres."""

    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        *centre, km = self._constructor_args_of_values()
        distance = DistanceKm("", "", *centre)
        distance.source_expressions = self.source_expressions[:2] + distance.source_expressions[2:]
        sql, parameters = compiler.compile(distance)
        return f"{sql} <= %s", [*parameters, km]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        latitude, longitude, km = self._constructor_args_of_values()
        here = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography"
        sql = f"ST_DWithin({self._point(compiler)}, {here}, %s, false)"
        return sql, [longitude, latitude, km * METRES_PER_KM]


class IsInBox(_PointExpression):
    """Whether each row's point may lie in a box, by the spatial index alone; the exact comparison goes beside it."""

    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        return "(1 = 1)", []

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        south, west, north, east = self._constructor_args_of_values()
        sql = f"({self._point(compiler)}::geometry && ST_MakeEnvelope(%s, %s, %s, %s, 4326))"
        return sql, [west, south, east, north]


class IsCovered(_PointExpression):
    """Whether each row's point lies in an outline or on its edge. The outline is GeoJSON text."""

    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        columns = [compiler.compile(column)[0] for column in self.source_expressions[:2]]
        return f"geo_outline_covers(%s, {columns[0]}, {columns[1]})", self._constructor_args_of_values()

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        # In the plane, as GeoJSON defines its edges; both sides geometry, so that the second index serves it.
        outline = "ST_SetSRID(ST_GeomFromGeoJSON(%s), 4326)"
        return f"ST_Covers({outline}, {self._point(compiler)}::geometry)", self._constructor_args_of_values()


class OutlineCovers(Func):
    """Whether the outline stored in each row covers one point: boundary field, then latitude and longitude."""

    output_field = BooleanField()

    def __init__(self, boundary: str, latitude: float, longitude: float, *, column: str, **extra: Any) -> None:
        super().__init__(F(boundary), Value(latitude), Value(longitude), **extra)
        self.column = column

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        boundary, latitude, longitude = self.source_expressions
        return f"geo_outline_covers({compiler.compile(boundary)[0]}, %s, %s)", [latitude.value, longitude.value]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Sql:
        boundary, latitude, longitude = self.source_expressions
        quote = compiler.quote_name_unless_alias
        outline = f"{quote(boundary.alias)}.{quote(self.column)}"
        sql = f"ST_Covers({outline}, ST_SetSRID(ST_MakePoint(%s, %s), 4326))"
        return sql, [longitude.value, latitude.value]
