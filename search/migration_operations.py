"""Migration operations in the SQL of one database. They do nothing on any other, and leave the models as they are."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory


class VendorSQL(Operation):
    """Run statements on one kind of database, and others to take them back."""

    reversible = True
    reduces_to_sql = True
    atomic = True
    category = OperationCategory.SQL

    def __init__(self, vendor: str, *, forwards: Sequence[str], backwards: Sequence[str]) -> None:
        self.vendor = vendor
        self.forwards = forwards
        self.backwards = backwards

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.vendor], {"forwards": self.forwards, "backwards": self.backwards}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(self.forwards, schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(self.backwards, schema_editor)

    def _run(self, statements: Sequence[str], schema_editor: Any) -> None:
        if schema_editor.connection.vendor != self.vendor:
            return
        for statement in statements:
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Run {len(self.forwards)} statements on {self.vendor}"
