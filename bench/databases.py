"""The databases that are measured on: each made once, from the one it builds on, and used again while nothing changed.

What a database was made from stands in its comment, so the next run can tell.
"""

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

from home.demo import content

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(settings.VAR)
MIGRATIONS = ("*/migrations/*.py", "*/*/migrations/*.py")
PREFIX = "bench_"


@dataclass(frozen=True)
class Recipe:
    """How a database is made: from which other one, by what, and which files of ours decide what is in it."""

    name: str
    make: Callable[[], Any]
    template: "Recipe | None" = None
    files: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        digest = hashlib.sha256((self.template.version if self.template else content.version()).encode())
        for pattern in (*self.files, *(MIGRATIONS if self.template is None else ())):
            for path in sorted(ROOT.glob(pattern)):
                if ".venv" not in path.parts:
                    digest.update(path.read_bytes())
        digest.update(self.name.encode())
        return digest.hexdigest()[:16]


def _load_demo() -> None:
    """Fill an empty database as `make demo` does; the demo's people may not sign in where production runs."""
    from platform_apps.accounts.models import User

    call_command("migrate", verbosity=0)
    call_command("load_gazetteer", once=True, verbosity=0)
    call_command("load_demo")
    User.objects.update(is_active=False)


DEMO = Recipe(f"{PREFIX}demo", _load_demo)


def scale(entries: int) -> Recipe:
    """Return the demo with so many synthetic entries beside it."""

    def load() -> None:
        call_command("load_scale", entries=entries, force=True, verbosity=0)

    return Recipe(f"{PREFIX}{entries}", load, DEMO, ("cms/exchange/scale.py", "cms/exchange/words.py"))


def ready(recipe: Recipe) -> str:
    """Return the name of a database that holds what the recipe says, made now or in an earlier run."""
    prepare_files()
    if _comment(recipe.name) == recipe.version:
        return recipe.name
    template = ready(recipe.template) if recipe.template else ""
    begin = time.monotonic()
    print(f"   making {recipe.name} ...", flush=True)
    _server(f'DROP DATABASE IF EXISTS "{recipe.name}" WITH (FORCE)')
    forget(template)
    _server(f'CREATE DATABASE "{recipe.name}"' + (f' TEMPLATE "{template}"' if template else ""))
    with use(recipe.name):
        recipe.make()
        _run("VACUUM ANALYZE")
    forget(recipe.name)
    _server(f"COMMENT ON DATABASE \"{recipe.name}\" IS '{recipe.version}'")
    print(f"   made {recipe.name} in {time.monotonic() - begin:.0f} s", flush=True)
    return recipe.name


def drop_all() -> list[str]:
    """Drop every database of ours. Returns their names."""
    names = [row[0] for row in _server("SELECT datname FROM pg_database WHERE datname LIKE 'bench!_%' ESCAPE '!'")]
    for name in names:
        forget(name)
        _server(f'DROP DATABASE "{name}" WITH (FORCE)')
    return names


def prepare_files() -> None:
    """Make fonts, translations and static files as the image has them, once."""
    if (VAR / "static" / "staticfiles.json").exists() and VAR in _prepared:
        return
    VAR.mkdir(parents=True, exist_ok=True)
    if not any((VAR / "fonts").glob("*.woff2")):
        known = ROOT / "var" / "fonts"
        if any(known.glob("*.woff2")):
            shutil.copytree(known, VAR / "fonts", dirs_exist_ok=True)
        else:
            call_command("build_fonts")
    for command in (["build_messages"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    _prepared.add(VAR)


_prepared: set[Path] = set()
_open: dict[str, Any] = {}


@contextmanager
def use(name: str) -> Iterator[Any]:
    """Read and write another database in this process: Django's default connection is exchanged, and kept open."""
    before = connections["default"]
    connections["default"] = connection(name)
    try:
        yield connections["default"]
    finally:
        connections["default"] = before


def connection(name: str) -> Any:
    """Return this process's connection to a database by name; a path is one of SQLite."""
    if name not in _open:
        options = settings.DATABASES["default"] | {"NAME": name, "CONN_MAX_AGE": None}
        if "/" in name:
            from config.settings.embedded import DATABASES

            options = DATABASES["default"] | {"NAME": name}
        configured = connections.configure_settings({"default": dict(options)})["default"]
        _open[name] = load_backend(configured["ENGINE"]).DatabaseWrapper(configured, "default")
    return _open[name]


def forget(name: str) -> None:
    """Close this process's connection to a database, so that another can be made from it."""
    if name in _open:
        _open.pop(name).close()
    default = connections["default"]
    if default.settings_dict["NAME"] == name:
        default.close()


def _run(statement: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)


def _server(statement: str) -> list[tuple[Any, ...]]:
    """Run one statement on the server itself, outside of any transaction."""
    with closing(psycopg2.connect(f"{settings.POSTGRES}/postgres")) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []


def _comment(name: str) -> str | None:
    rows = _server(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"  # noqa: S608 (our own names)
        f" WHERE datname = '{name}'"
    )
    return rows[0][0] if rows else None
