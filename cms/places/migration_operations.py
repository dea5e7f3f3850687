"""Operations for migrations of every app whose rows lie on the map. They do nothing on SQLite."""

from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory

EXTENSION = "CREATE EXTENSION IF NOT EXISTS postgis"


class _GeneratedColumn(Operation):
    """A PostGIS column that PostgreSQL computes from other columns, and its indexes. No model knows it."""

    reversible = True
    reduces_to_sql = True
    atomic = True
    category = OperationCategory.ADDITION

    def __init__(self, table: str, column: str) -> None:
        self.table = table
        self.column = column

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        quote = schema_editor.quote_name
        schema_editor.execute(EXTENSION)
        schema_editor.execute(
            f"ALTER TABLE {quote(self.table)} ADD COLUMN {quote(self.column)} {self.type_sql()}"
            f" GENERATED ALWAYS AS ({self.value_sql(quote)}) STORED"
        )
        for suffix, expression in self.indexed_sql(quote).items():
            name = quote(f"{self.table}_{self.column}_{suffix}")
            schema_editor.execute(f"CREATE INDEX {name} ON {quote(self.table)} USING gist ({expression})")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        # The extension stays: others may use it. The indexes go with their column.
        quote = schema_editor.quote_name
        schema_editor.execute(f"ALTER TABLE {quote(self.table)} DROP COLUMN {quote(self.column)}")

    def describe(self) -> str:
        return f"Add the PostGIS column {self.column} to {self.table}"

    def type_sql(self) -> str:
        raise NotImplementedError

    def value_sql(self, quote: Any) -> str:
        raise NotImplementedError

    def indexed_sql(self, quote: Any) -> dict[str, str]:
        raise NotImplementedError


class AddPointColumn(_GeneratedColumn):
    """Add `point geography(Point, 4326)`, made by the database from latitude and longitude, for GeoQuerySet.

    Two indexes: on the globe for distances, in the plane for boxes and outlines.
    """

    def __init__(
        self, table: str, column: str = "point", *, latitude: str = "latitude", longitude: str = "longitude"
    ) -> None:
        super().__init__(table, column)
        self.latitude = latitude
        self.longitude = longitude

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.column], {"latitude": self.latitude, "longitude": self.longitude}

    def type_sql(self) -> str:
        return "geography(Point, 4326)"

    def value_sql(self, quote: Any) -> str:
        position = f"ST_MakePoint({quote(self.longitude)}, {quote(self.latitude)})"
        return f"ST_SetSRID({position}, 4326)::geography"

    def indexed_sql(self, quote: Any) -> dict[str, str]:
        return {"globe": quote(self.column), "plane": f"({quote(self.column)}::geometry)"}


class AddBoundaryColumn(_GeneratedColumn):
    """Add `boundary_geom geometry(Geometry, 4326)`, made by the database from a GeoJSON field."""

    def __init__(self, table: str, column: str = "boundary_geom", *, boundary: str = "boundary") -> None:
        super().__init__(table, column)
        self.boundary = boundary

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.column], {"boundary": self.boundary}

    def type_sql(self) -> str:
        return "geometry(Geometry, 4326)"

    def value_sql(self, quote: Any) -> str:
        return f"ST_SetSRID(ST_GeomFromGeoJSON({quote(self.boundary)}), 4326)"

    def indexed_sql(self, quote: Any) -> dict[str, str]:
        return {"plane": quote(self.column)}
