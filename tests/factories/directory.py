"""Small worlds in the read model itself: entries without pages, for lists. Details need real pages: see pages.py."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from wagtail.models import Locale

from cms.directory.enums import Attendance, Kind, Part, State
from cms.directory.models import Entry, EntryHub, EntryOrganization, EntryTerm, EntryText
from cms.places.models import Place
from cms.taxonomy.enums import Phase, Vocabulary
from cms.taxonomy.models import OrganizationType, ProjectStatus, Sector, Skill
from tests.factories.places import PlaceFactory, square

SOURCE, OTHER = "en", "de"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
BERLIN, MUNICH, LEIPZIG = (52.52, 13.405), (48.137, 11.575), (51.34, 12.375)
INDEXES = {Kind.HUB: "hubs", Kind.ORGANIZATION: "organizations", Kind.PROJECT: "projects", Kind.STORY: "stories"}
# The words of each vocabulary, and how many of them an entry carries at most.
CARRIED = {
    Vocabulary.SECTOR: (["energy", "solar", "food", "balcony-solar"], 2),
    Vocabulary.SKILL: (["crafts", "carpentry", "law"], 2),
    Vocabulary.PROJECT_STATUS: (["running", "idea"], 1),
    Vocabulary.ORGANIZATION_TYPE: (["club", "city-hall"], 1),
}
# Entries of a kind that others may lie below.
MOST_PARENTS = 3  # Far from the ids of real pages, which stand beside these in some tests.
_page_ids = count(1_000_000)


@dataclass
class Directory:
    """What was made, by kind; `terms` by slug."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    def public(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries[kind] if entry.state == State.PUBLISHED]


def make_entry(
    kind: str = Kind.PROJECT, *, title: str = "", languages: tuple[str, ...] = (SOURCE,), **columns: Any
) -> tuple[Entry, list[EntryText]]:
    """Return an unsaved entry and its texts, the first language being the source. Published unless told otherwise."""
    columns = {"state": State.PUBLISHED, "published_at": NOON, "last_activity_at": NOON} | columns
    key = columns.pop("id", None) or uuid.uuid4()
    title = title or f"{kind} {key.hex[:6]}"
    slug = f"{kind}-{key.hex[:8]}"
    source = languages[0]
    entry = Entry(
        id=key,
        kind=kind,
        source_language=source,
        shown_language=source,
        paths={code: f"/{code}/{INDEXES[kind]}/{slug}/" for code in (SOURCE, OTHER)},
        **columns,
    )
    texts = [
        EntryText(
            entry=entry,
            language=code,
            page_id=next(_page_ids),
            title=title if code == source else f"{title} ({code})",
            slug=slug,
            summary=f"About {title}, in {code}.",
            path=entry.paths[code],
            is_live=entry.state == State.PUBLISHED,
            is_translation=code != source,
        )
        for code in languages
    ]
    return entry, texts


def save_entries(made: list[tuple[Entry, list[EntryText]]]) -> list[Entry]:
    """Store what `make_entry` returned."""
    Entry.objects.bulk_create([entry for entry, _texts in made], batch_size=500)
    EntryText.objects.bulk_create([text for _entry, texts in made for text in texts], batch_size=500)
    return [entry for entry, _texts in made]


def make_terms() -> dict[str, Any]:
    """Make a small taxonomy in two languages: trees, a hub's own sector with its counterpart, types, statuses."""
    languages = [Locale.objects.get_or_create(language_code=code)[0] for code in (SOURCE, OTHER)]
    made: dict[str, Any] = {}

    def term(model: type, slug: str, **fields: Any) -> None:
        key = uuid.uuid4()
        for locale in languages:
            row = model.objects.create(
                slug=slug, name=f"{slug} {locale.language_code}", locale=locale, translation_key=key, **fields
            )
            made.setdefault(slug, row)

    term(Sector, "energy", hue="energy")
    term(Sector, "solar", hue="energy", parent=made["energy"])
    term(Sector, "food", hue="food")
    term(Sector, "balcony-solar", hue="energy", counterpart=made["solar"])
    term(Skill, "crafts")
    term(Skill, "carpentry", parent=made["crafts"])
    term(Skill, "law")
    term(OrganizationType, "club")
    term(OrganizationType, "city-hall")
    term(ProjectStatus, "running", phase=Phase.ACTIVE)
    term(ProjectStatus, "idea", phase=Phase.PLANNED)
    return made


def make_places() -> list[Place]:
    """Make Berlin and Munich with a square outline of 0.5 degrees' reach, Leipzig with none."""
    return [
        PlaceFactory(name="Berlin", latitude=BERLIN[0], longitude=BERLIN[1], boundary=square(*BERLIN, 0.5)),
        PlaceFactory(
            name="Munich",
            names={"de": "München"},
            latitude=MUNICH[0],
            longitude=MUNICH[1],
            boundary=square(*MUNICH, 0.5),
        ),
        PlaceFactory(name="Leipzig", latitude=LEIPZIG[0], longitude=LEIPZIG[1]),
    ]


def build_directory(*, projects: int = 60, seed: int = 1) -> Directory:
    """Make hubs, organizations, projects and stories with everything that lists filter and sort by.

    Columns repeat and are missing often, so that orders have ties and nulls. Some are drafts.
    """
    dice = random.Random(seed)
    world = Directory(terms=make_terms(), places=make_places())
    world.entries[Kind.HUB] = _make(world, dice, Kind.HUB, 8)
    world.entries[Kind.ORGANIZATION] = _make(world, dice, Kind.ORGANIZATION, 12)
    world.entries[Kind.PROJECT] = _make(world, dice, Kind.PROJECT, projects)
    world.entries[Kind.STORY] = _make(world, dice, Kind.STORY, 15)
    _link(world, dice, [entry for entries in world.entries.values() for entry in entries])
    return world


def _make(world: Directory, dice: random.Random, kind: str, number: int) -> list[Entry]:
    made: list[tuple[Entry, list[EntryText]]] = []
    parents: list[Entry] = []
    for _ in range(number):
        columns = _columns(world, dice) | {"parent": dice.choice([None, None, *parents])}
        if kind == Kind.HUB:
            columns["hub_kind"] = dice.choice(["location", "sector", "custom"])
        languages = dice.choice([(SOURCE,), (OTHER,), (SOURCE, OTHER)])
        title = dice.choice(["alpha", "Beta", "gamma", "Delta"])
        columns["id"] = uuid.UUID(int=dice.getrandbits(128))
        made.append(make_entry(kind, title=title, languages=languages, **columns))
        if columns["parent"] is None and len(parents) < MOST_PARENTS:
            parents.append(made[-1][0])
    return save_entries(made)


def _columns(world: Directory, dice: random.Random) -> dict[str, Any]:
    place = dice.choice([None, *world.places])
    return {
        "state": dice.choice([State.PUBLISHED] * 5 + [State.DRAFT, State.IN_REVIEW, State.ARCHIVED]),
        "rank": dice.choice([1.5, 2.25, 3.125, 4.0]),
        "published_at": dice.choice([None, *(NOON + timedelta(days=days) for days in range(4))]),
        "last_activity_at": NOON + timedelta(days=dice.randrange(4), microseconds=dice.randrange(2)),
        "start_date": dice.choice([None, *(date(2026, 1, day) for day in range(1, 4))]),
        "end_date": dice.choice([None, *(date(2027, 1, day) for day in range(1, 4))]),
        "attendance": dice.choice(Attendance.values),
        "is_open": dice.choice([True, False]),
        "place": place,
        "latitude": place and place.latitude + dice.choice([0.0, 0.1, 0.7]),
        "longitude": place and place.longitude + dice.choice([0.0, 0.1]),
    }


def _link(world: Directory, dice: random.Random, entries: list[Entry]) -> None:
    terms, hubs, organizations = [], [], []
    for entry in entries:
        for vocabulary, (names, most) in CARRIED.items():
            for position, slug in enumerate(dice.sample(names, dice.randrange(most + 1))):
                key = world.terms[slug].translation_key
                terms.append(EntryTerm(entry=entry, vocabulary=vocabulary, key=key, position=position))
        if entry.kind != Kind.HUB:
            for position, hub in enumerate(dice.sample(world.entries[Kind.HUB], 2)):
                is_direct = position == 0 or dice.choice([True, False])
                hubs.append(EntryHub(entry=entry, hub=hub, position=position, is_direct=is_direct))
        if entry.kind in {Kind.PROJECT, Kind.STORY}:
            for position, one in enumerate(dice.sample(world.entries[Kind.ORGANIZATION], dice.randrange(3))):
                part = dice.choice(Part.values)
                organizations.append(EntryOrganization(entry=entry, organization=one, part=part, position=position))
    EntryTerm.objects.bulk_create(terms, batch_size=500)
    EntryHub.objects.bulk_create(hubs, batch_size=500)
    EntryOrganization.objects.bulk_create(organizations, batch_size=500)


def fill(world: Directory, kind: str, number: int, *, seed: int = 2) -> None:
    """Add entries of a kind in bulk, linked like the others, for lists that must not notice how many there are.

    They are not noted in the world, which several tests share.
    """
    dice = random.Random(seed)
    _link(world, dice, _make(world, dice, kind, number))
