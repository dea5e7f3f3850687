"""Many people doing something at the same moment, on a database that many can use at once.

PostgreSQL is one. SQLite's in memory is none: there the test's database is copied to a file, where it behaves as in
embedded mode. Tests that use this have a file of their own and `django_db(transaction=True)`.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import close_old_connections, connection, connections


@contextmanager
def database_for_many(folder: Path) -> Iterator[None]:
    """Within, everybody works on a database of the kind that is really used."""
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "many.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    settings = connection.settings_dict
    in_memory, kept = settings["NAME"], connections["default"]
    settings["NAME"] = str(file)
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = in_memory
        connections["default"] = kept


def all_at_once(actions: list[Callable[[], Any]]) -> list[Any]:
    """Do everything at the same moment, each in a thread with a connection of its own. Returns results and errors."""
    start = threading.Barrier(len(actions))

    def act(action: Callable[[], Any]) -> Any:
        close_old_connections()
        try:
            start.wait(timeout=60)
            return action()
        except Exception as error:  # noqa: BLE001 (the tests count whatever went wrong)
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))
