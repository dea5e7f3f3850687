"""The demo, loaded once for everything that needs it.

Loading takes a minute, so its result is kept in var/prepared/ under a name that changes with the demo, the migrations
and what else is put on top; who writes works on a copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from home.demo import content

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "prepared"
DATABASE = "groundswell.sqlite3"
PREPARED_BY = ("*/migrations/*.py", "*/*/migrations/*.py", "tests/demo.py")
# These say where the developer's or the suite's own data are.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "GROUNDSWELL_TEST_SERVICES", "DJANGO_SETTINGS_MODULE", "GROUNDSWELL_DEBUG")


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """Return the environment of an embedded installation whose data lie in a folder."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.embedded", "GROUNDSWELL_VAR": str(folder)}
    # Mails stand in the log as soon as they are sent.
    return kept | settings | {"PYTHONUNBUFFERED": "1"} | changes


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in an installation. Raises RuntimeError with the output when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder, GROUNDSWELL_BASE_URL="http://127.0.0.1"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(message)
    return done


def prepared_demo() -> Path:
    """Return the folder of an installation that has loaded the demo. Only to be read."""
    return prepared("demo", PREPARED_BY, _load)


def _load(work: Path) -> None:
    for command in (("migrate", "--verbosity", "0"), ("load_gazetteer", "--once"), ("load_demo",)):
        run("manage.py", *command, folder=work)


def prepared(name: str, changed_by: tuple[str, ...], prepare: Callable[[Path], None]) -> Path:
    """Return a folder that `prepare` has filled, now or in an earlier run. Processes wait for each other."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = FOLDER / f"{name}-{_version(changed_by)}"
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            work = FOLDER / f"work-{name}"
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            prepare(work)
            for older in FOLDER.glob(f"{name}-*"):
                shutil.rmtree(older, ignore_errors=True)
            work.rename(folder)
    return folder


def copy_installation(source: Path, target: Path) -> None:
    """Copy the database and the uploads of an installation."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source / "media", target / "media")
    with closing(sqlite3.connect(source / DATABASE)) as old, closing(sqlite3.connect(target / DATABASE)) as new:
        old.backup(new)


def _version(patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256(content.version().encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if ".venv" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
