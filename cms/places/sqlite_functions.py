"""What SQLite lacks for maps: one function, given to each connection as it opens."""

from typing import Any

from .geo import outline_covers


def add_functions(*, connection: Any, **_kwargs: Any) -> None:
    """Receive connection_created: teach a SQLite connection to answer containment."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("geo_outline_covers", 3, outline_covers, deterministic=True)
