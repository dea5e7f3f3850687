"""The same search on either database: full text, beginnings of titles, words that look alike."""

from django.db import router

from search.models import SearchDocument

from .base import Backend, Hit, Likeness, Scope
from .postgresql import PostgresBackend
from .sqlite import SqliteBackend

__all__ = ["Backend", "Hit", "Likeness", "Scope", "backend"]

BACKENDS: dict[str, type[Backend]] = {"postgresql": PostgresBackend, "sqlite": SqliteBackend}


def backend() -> Backend:
    """Return the backend of the database that search reads from."""
    from django.db import connections

    alias = router.db_for_read(SearchDocument) or "default"
    return BACKENDS[connections[alias].vendor](alias)
