"""The directory of people: how it grows with its members, for strangers and for members."""

from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO
from random import Random
from uuid import UUID

import orjson
from django.db import connections
from wagtail.models import APIToken

from cms.places.models import Place
from cms.taxonomy.models import Sector, Skill
from platform_apps.accounts.models import User
from platform_apps.profiles.querysets import ProfileQuerySet
from platform_apps.profiles.selectors import Asked, people, person_columns
from platform_apps.profiles.sight import FIELDS
from platform_apps.profiles.visibility import STRANGER, Viewer, viewer_of

from .client import Target, UnexpectedAnswerError, ask
from .databases import DEMO, PREFIX, Recipe, ready, use
from .rounds import rates, ratio
from .server import Server, serve
from .table import Figure, median

SIZES = (1_000, 100_000)
ROWS = 20
QUESTION = f"lang=en&page_size={ROWS}"
FILTERS = {
    "skill and sector": "skill=crafts&sector=energy",
    "skill and place": "skill=crafts&near=52.52,13.40&radius=50",
    "words and language": "q=garden&language=tr",
}
FIRST = UUID("be000000000000000000000000000000")
READER = "reader@bench.example"
# What a list has to be read by, whatever else the plan does.
INDEXES = {"stranger": "public_profile_by_age", "member": "profile_by_age"}
WORDS = ("garden", "solar", "bicycle", "kitchen", "river", "school", "roof", "soil")
LANGUAGES = ("de", "en", "tr", "fr", "pl", "ar")
PLACES = 400
TERMS_EACH, LANGUAGES_EACH = 3, 2
# Of everybody, that many show a field to strangers, to members, to their circle, to nobody.
SHARES = {"everyone": 50, "members": 40, "circle": 5, "nobody": 5}


def members(number: int) -> Recipe:
    """Return the demo with so many members, each with a place, skills, sectors and languages."""

    def load() -> None:
        dice = Random(number)  # noqa: S311 (synthetic people need no secrecy)
        first = _load_users(number)
        _load_profiles(number, first, dice)
        _load_several(number, dice)
        APIToken.create_token(user=User.objects.create_user(READER), name="bench")

    return Recipe(f"{PREFIX}members_{number}", load, DEMO, ("bench/people.py",))


def _key(number: int) -> UUID:
    return UUID(int=FIRST.int + number)


def _copy(table: str, columns: tuple[str, ...], lines: Iterator[tuple[object, ...]]) -> None:
    text = StringIO("".join("\t".join(map(str, line)) + "\n" for line in lines))
    with connections["default"].cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", text)


def _load_users(number: int) -> int:
    """Store accounts, and return the primary key of the first one."""
    columns = (
        "uuid", "password", "is_superuser", "email", "first_name", "last_name", "preferred_language", "is_staff",
        "is_active", "date_joined",
    )  # fmt: skip
    lines = (
        (_key(n), "!", False, f"member{n}@bench.example", f"Member{n % 977}", f"Name{n}", "en", False, True, _joined(n))
        for n in range(number)
    )
    _copy("accounts_user", columns, lines)
    return int(User.objects.get(uuid=_key(0)).pk)


def _joined(n: int) -> str:
    return f"2026-{1 + n % 11:02}-{1 + n % 28:02} {n % 24:02}:{n // 24 % 60:02}:{n // 1440 % 60:02}+00"


def _load_profiles(number: int, first: int, dice: Random) -> None:
    near = Place.objects.filter(country__in=["DE", "AT"]).order_by("-population", "pk")
    places = list(near.values_list("pk", flat=True)[:PLACES])
    columns = (
        "id", "user_id", "avatar", "headline", "about", "place_id", "availability", "website",
        *(f"{field}_visibility" for field in FIELDS), "folded_name", "folded_headline", "folded_about", "created_at",
        "updated_at",
    )  # fmt: skip
    kinds = dice.choices(list(SHARES), list(SHARES.values()), k=number)

    def line(n: int) -> tuple[object, ...]:
        said = " ".join(dice.choices(WORDS, k=2))
        # Larger towns have more people: the first places of the list are drawn more often.
        place = places[min(int(dice.paretovariate(0.4)) - 1, len(places) - 1)]
        return (
            _key(n), first + n, "", said, said, place, "hours_a_week", "", *[kinds[n]] * len(FIELDS),
            f"member{n % 977} name{n}", said, said, _joined(n), _joined(n),
        )  # fmt: skip

    _copy("profiles_profile", columns, map(line, range(number)))


def _load_several(number: int, dice: Random) -> None:
    skills = list(Skill.objects.order_by("translation_key").values_list("translation_key", flat=True).distinct())
    sectors = list(Sector.objects.order_by("translation_key").values_list("translation_key", flat=True).distinct())
    _copy(
        "profiles_profileskill", ("profile_id", "key", "level"),
        ((_key(n), key, 2) for n in range(number) for key in dice.sample(skills, TERMS_EACH)),
    )  # fmt: skip
    _copy(
        "profiles_profilesector", ("profile_id", "key"),
        ((_key(n), key) for n in range(number) for key in dice.sample(sectors, TERMS_EACH)),
    )  # fmt: skip
    _copy(
        "profiles_profilelanguage", ("profile_id", "code"),
        ((_key(n), code) for n in range(number) for code in dice.sample(LANGUAGES, LANGUAGES_EACH)),
    )  # fmt: skip


def measure() -> Iterator[Figure]:
    names = {size: ready(members(size)) for size in SIZES}
    yield _plans(names[SIZES[-1]])
    with ExitStack() as stack:
        servers = {size: stack.enter_context(serve(name)) for size, name in names.items()}
        headers = {size: _headers(name) for size, name in names.items()}
        for who in INDEXES:
            for title, filters in FILTERS.items():
                targets = {
                    str(size): _target(server, filters, headers[size] if who == "member" else ())
                    for size, server in servers.items()
                }
                yield _growth(f"People for a {who}, {title}", targets)


def _headers(name: str) -> tuple[tuple[str, str], ...]:
    """Return what a member's program sends along."""
    with use(name):
        user = User.objects.get(email=READER)
        APIToken.objects.filter(user=user).delete()
        _token, key = APIToken.create_token(user=user, name="bench")
    return (("Authorization", f"Bearer {key}"),)


def _target(server: Server, filters: str, headers: tuple[tuple[str, str], ...]) -> Target:
    """Raise UnexpectedAnswerError unless a whole page comes: half a page would be half the work."""
    target = server.target(f"/api/v1/people/?{QUESTION}&{filters}", *headers)
    number = len(orjson.loads(ask(target).body)["results"])
    if number != ROWS:
        message = f"{filters} brings {number} rows, not {ROWS}."
        raise UnexpectedAnswerError(message)
    return target


def _growth(name: str, targets: dict[str, Target]) -> Figure:
    runs = rates(targets, connections=1)
    few, many = targets
    spent = ", ".join(f"{1000 / median(runs[size]):.1f} ms at {size}" for size in targets)
    return Figure(f"{name}: {many} beside {few}", ratio(runs, few, many), 1.5, "×", source=spent)


def _plans(name: str) -> Figure:
    """Look at how lists without a filter are read; a sort of everybody would grow with everybody."""
    with use(name):
        member = viewer_of(User.objects.get(email=READER))
        plans = {"stranger": _plan(STRANGER), "member": _plan(member)}
    missing = [who for who, plan in plans.items() if INDEXES[who] not in plan]
    return Figure("People: lists not read by their index", len(missing), 0, source="; ".join(missing))


def _plan(viewer: Viewer) -> str:
    found: ProfileQuerySet = people(Asked(), viewer)
    return str(person_columns(found, viewer).order_by("-created_at", "-pk")[: ROWS + 1].explain())
