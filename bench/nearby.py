"""The nearest 20 within 25 kilometres among ever more points, on PostGIS and on SQLite."""

import shutil
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import connections

from cms.directory.enums import Kind
from cms.directory.models import Entry

from .client import UnexpectedAnswerError
from .databases import DEMO, VAR, Recipe, forget, ready, use
from .rounds import ratio, times
from .table import Figure, median

NEAREST, KILOMETRES = 20, 25
POSTGIS_SIZES, SQLITE_SIZES = (10_000, 1_000_000), (10_000, 100_000)
# Points lie around so many towns, half of them within 25 kilometres: 1,600 around each when there are a million, and
# 800 around each of the fewer towns of SQLite when there are 100,000.
TOWNS, FEWER_TOWNS, SPREAD = 300, 60, 0.4
TABLE = "directory_entry"
# The ids of our points, by which they are told from the demo's; and how many different ones are asked around.
FIRST, MOST, ASKED = UUID("be000000000000000000000000000000"), 10_000_000, 50
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%_pkey'"
# The third of the sum of three throws of a dice is near enough to a bell curve.
POINTS = """
WITH towns AS (SELECT row_number() OVER (ORDER BY population DESC, id) AS number, latitude, longitude
               FROM places_place WHERE abs(latitude) < 60 ORDER BY population DESC, id LIMIT {towns})
INSERT INTO directory_entry (id, kind, state, source_language, shown_language, paths, hub_kind, latitude, longitude,
  attendance, is_open, phase, last_activity_at, published_at, member_count, follower_count, like_count, comment_count,
  boost, completeness, rank, updated_at)
SELECT ('be' || lpad(to_hex(n), 30, '0'))::uuid, 'project', 'published', 'en', 'en', '{{}}', '',
  t.latitude + (random() + random() + random() - 1.5) * {spread},
  greatest(-180, least(180, t.longitude + (random() + random() + random() - 1.5) * {spread})),
  'place', n % 3 = 0, '', now(), now(), 0, 0, 0, 0, 0, 0.5, random() * 50, now()
FROM generate_series(1, {number}) AS n JOIN towns t ON t.number = n % {towns} + 1
"""
PLAN = "Order By: (point <->"
PLAN_SQLITE = "entry_position"


def points(number: int) -> Recipe:
    """Return the demo with so many projects that are nothing but a point."""

    def load() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute(INDEXES, [TABLE])
            indexes = cursor.fetchall()
            for name, _definition in indexes:
                cursor.execute(f'DROP INDEX "{name}"')
            cursor.execute("SELECT setseed(0.5)")
            cursor.execute(POINTS.format(number=number, towns=TOWNS, spread=SPREAD))
            for _name, definition in indexes:
                cursor.execute(definition)

    return Recipe(f"bench_points_{number}", load, DEMO, ("bench/nearby.py",))


def measure() -> Iterator[Figure]:
    names = {size: ready(points(size)) for size in POSTGIS_SIZES}
    yield _growth("PostGIS", names, bar=2, plan=PLAN)
    paths = {size: str(_sqlite(size)) for size in SQLITE_SIZES}
    yield _growth("SQLite", paths, bar=10, plan=PLAN_SQLITE)


def _growth(kind: str, names: dict[int, str], *, bar: float, plan: str) -> Figure:
    few, many = names
    with use(names[many]):
        towns = _towns()
        found = nearest(*towns[0])
        explained = found.explain()
        if plan not in explained or len(found) != NEAREST:
            message = f"The index is not read, or there are too few around: {len(found)}\n{explained}"
            raise UnexpectedAnswerError(message)
    runs = times({str(size): _asking(name, towns) for size, name in names.items()}, rounds=100, warm=20)
    source = f"{median(runs[str(many)]):.2f} ms and {median(runs[str(few)]):.2f} ms; the plan reads the index"
    return Figure(
        f"Nearest 20 on {kind}: {many} beside {few}", ratio(runs, str(many), str(few)), bar, "×", source=source
    )


def nearest(latitude: float, longitude: float) -> Any:
    """Return the nearest projects, as lists and maps ask for them."""
    around = Entry.objects.published().of_kind(Kind.PROJECT).within_radius(latitude, longitude, KILOMETRES)
    return around.order_by_distance(latitude, longitude).values_list("pk", "distance_km")[:NEAREST]


def _asking(name: str, towns: list[tuple[float, float]]) -> Callable[[], object]:
    going_round = cycle(towns)

    def call() -> object:
        with use(name):
            return list(nearest(*next(going_round)))

    return call


def _towns() -> list[tuple[float, float]]:
    """Return points that have others around them, wherever the database has any."""
    ours = Entry.objects.filter(pk__range=(FIRST, UUID(int=FIRST.int + MOST))).order_by("pk")
    return list(ours.values_list("latitude", "longitude")[:ASKED])


def _sqlite(number: int) -> Path:
    """Return a file of SQLite with so many points, made now or in an earlier run."""
    path = VAR / f"points_{number}.sqlite3"
    if path.exists():
        return path
    empty = VAR / "empty.sqlite3"
    if not empty.exists():
        with use(str(empty)):
            call_command("migrate", verbosity=0)
        forget(str(empty))
    work = path.with_suffix(".work")
    shutil.copy(empty, work)
    dice = Random(number)  # noqa: S311 (synthetic points need no secrecy)
    towns = [(dice.uniform(-60, 60), dice.uniform(-170, 170)) for _town in range(FEWER_TOWNS)]
    # By Django's own connection: columns that the database computes need the functions that it brings.
    with use(str(work)), connections["default"].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO directory_entry (id, kind, state, source_language, shown_language, paths, hub_kind,"
            " latitude, longitude, attendance, is_open, phase, last_activity_at, published_at, member_count,"
            " follower_count, like_count, comment_count, boost, completeness, rank, updated_at) VALUES (%s,"
            " 'project', 'published', 'en', 'en', '{}', '', %s, %s, 'place', 0, '', '2026-11-21', '2026-11-21',"
            " 0, 0, 0, 0, 0, 0.5, 1, '2026-11-21')",
            [
                (
                    UUID(int=FIRST.int + n).hex,
                    *(centre + dice.gauss(0, SPREAD / 2) for centre in towns[n % FEWER_TOWNS]),
                )
                for n in range(1, number + 1)
            ],
        )
        cursor.execute("ANALYZE")
    forget(str(work))
    work.rename(path)
    return path
