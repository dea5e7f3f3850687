"""Synthetic entries in any number, for measuring. Rows of the directory without pages: lists, maps and searches show
them, their own addresses answer 404, and `check_directory` complains about each of them."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify
from wagtail.models import Locale

from cms.core.page_cache.version import site_changed
from cms.directory.batches import in_batches
from cms.directory.enums import Attendance, Kind, Part, State
from cms.directory.models import Entry, EntryHub, EntryOrganization, EntryTerm, EntryText
from cms.directory.pages import EntryIndexPage
from cms.directory.rules import RankFactors, rank
from cms.directory.services import announce, page_models, page_path
from cms.hubs.enums import HubKind
from cms.places.models import Place
from cms.taxonomy.enums import Phase, Vocabulary
from cms.taxonomy.models import TERM_MODELS

from .words import sentence, vocabulary

# No page gets that far; the mark by which synthetic rows are known.
FIRST_PAGE_ID = 1_500_000_000
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://groundswell.example/scale/")
BATCH = 1_000
NEWEST = datetime(2026, 11, 18, 12, tzinfo=UTC)
OLDEST_DAYS, LONGEST_DAYS = 900, 1_500
# Of a hundred entries so many are of each kind; hubs and organizations come first because others link to them.
SHARES = ((Kind.HUB, 1), (Kind.ORGANIZATION, 15), (Kind.STORY, 14), (Kind.PROJECT, 70))
MOST_HUBS = 60
# (vocabulary, most terms of it) that entries of a kind carry.
CARRIED: dict[str, tuple[tuple[str, int], ...]] = {
    Kind.HUB: ((Vocabulary.SECTOR, 2),),
    Kind.ORGANIZATION: ((Vocabulary.SECTOR, 3), (Vocabulary.ORGANIZATION_TYPE, 1)),
    Kind.STORY: ((Vocabulary.SECTOR, 2),),
    Kind.PROJECT: ((Vocabulary.SECTOR, 3), (Vocabulary.SKILL, 3), (Vocabulary.PROJECT_STATUS, 1)),
}


class RealContentError(Exception):
    """The installation has entries that are not synthetic."""


@dataclass
class Made:
    """The rows of one entry."""

    entry: Entry
    texts: list[EntryText]
    terms: list[EntryTerm]
    hubs: list[EntryHub]
    organizations: list[EntryOrganization]


class Maker:
    """Makes unsaved entries one after the other; the same seed makes the same ones in the same surroundings."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)  # noqa: S311 (synthetic rows need no secrecy)
        self.seed, self.number = seed, 0
        self.words = vocabulary()
        self.languages = list(Locale.objects.order_by("pk").values_list("language_code", flat=True))
        self.roots = _list_paths(self.languages)
        self.places = list(Place.objects.order_by("pk").values_list("pk", "latitude", "longitude", "population"))
        # Square roots: many entries in large cities, but villages have theirs.
        self.crowd = list(accumulate(max(1, row[3]) ** 0.5 for row in self.places))
        self.terms = {model.vocabulary: _terms(model) for model in TERM_MODELS}
        self.hubs: list[uuid.UUID] = []
        self.organizations: list[uuid.UUID] = []

    def entries(self, number: int) -> Iterator[Made]:
        """Yield `number` entries of all kinds."""
        left = number
        for kind, share in SHARES:
            of_kind = left if kind == Kind.PROJECT else number * share // 100
            of_kind = min(of_kind, MOST_HUBS) if kind == Kind.HUB else of_kind
            left -= of_kind
            for _number in range(of_kind):
                yield self._make(kind)

    def _make(self, kind: str) -> Made:
        dice, key = self.dice, uuid.uuid5(NAMESPACE, f"{self.seed}/{self.number}")
        entry = Entry(id=key, kind=kind, state=State.PUBLISHED, **self._columns(kind))
        texts = self._texts(entry)
        entry.rank = rank(
            RankFactors(entry.last_activity_at, entry.completeness, members=entry.member_count, likes=entry.like_count)
        )
        hubs = dice.sample(self.hubs, min(len(self.hubs), dice.choice([0, 1, 1, 1, 2]))) if kind != Kind.HUB else []
        number = dice.choice([0, 1, 1, 2]) if kind in {Kind.PROJECT, Kind.STORY} else 0
        organizations = dice.sample(self.organizations, min(len(self.organizations), number))
        self.number += 1
        if kind in {Kind.HUB, Kind.ORGANIZATION}:
            (self.hubs if kind == Kind.HUB else self.organizations).append(key)
        return Made(
            entry,
            texts,
            list(self._terms(entry)),
            [EntryHub(entry=entry, hub_id=hub, position=position) for position, hub in enumerate(hubs)],
            [
                EntryOrganization(
                    entry=entry, organization_id=one, part=Part.PARTNER if position else Part.LEAD, position=position
                )
                for position, one in enumerate(organizations)
            ],
        )

    def _columns(self, kind: str) -> dict[str, Any]:
        dice = self.dice
        published = NEWEST - timedelta(seconds=dice.randrange(OLDEST_DAYS * 86_400))
        active = published + (NEWEST - published) * dice.random() ** 2
        columns = {
            "published_at": published,
            "last_activity_at": active,
            "completeness": dice.randrange(3, 11) / 10,
            "member_count": int(dice.paretovariate(1.2)) - 1,
            "like_count": int(dice.paretovariate(1.0)) % 10_000 - 1,
            "hub_kind": HubKind.LOCATION if kind == Kind.HUB else "",
        }
        columns["like_count"] = max(0, columns["like_count"])
        return columns | self._where() | (self._project() if kind == Kind.PROJECT else {})

    def _where(self) -> dict[str, Any]:
        """Return a real place and a point in or near it."""
        dice = self.dice
        if not self.places or dice.random() < 0.05:  # noqa: PLR2004 (one in twenty is nowhere)
            return {}
        pk, latitude, longitude, _population = dice.choices(self.places, cum_weights=self.crowd)[0]
        near = [centre + dice.gauss(0, 0.02) for centre in (latitude, longitude)]
        return {
            "place_id": pk,
            "latitude": min(90.0, max(-90.0, near[0])),
            "longitude": min(180.0, max(-180.0, near[1])),
        }

    def _project(self) -> dict[str, Any]:
        dice = self.dice
        start = date(2026, 11, 18) + timedelta(days=dice.randrange(-LONGEST_DAYS, 200))
        end = start + timedelta(days=dice.randrange(LONGEST_DAYS)) if dice.random() < 0.5 else None  # noqa: PLR2004
        attendance = dice.choices(Attendance.values, weights=(8, 1, 1))[0]
        return {
            "start_date": start,
            "end_date": end,
            "attendance": attendance,
            "is_open": dice.random() < 0.4,  # noqa: PLR2004 (two in five look for people)
            "phase": dice.choice(Phase.values),
        }

    def _texts(self, entry: Entry) -> list[EntryText]:
        """Return the entry's texts: in a language of the site, half of the time in the others as well."""
        dice = self.dice
        source = dice.choice(self.languages)
        others = [code for code in self.languages if code != source] if dice.random() < 0.5 else []  # noqa: PLR2004
        title = sentence(dice, self.words, dice.randrange(2, 6))
        slug = f"{slugify(title)}-{self.number}"
        entry.source_language = entry.shown_language = source
        entry.paths = {code: f"{self.roots[entry.kind, code]}{slug}/" for code in self.languages}
        return [
            EntryText(
                entry=entry,
                language=code,
                page_id=FIRST_PAGE_ID + self.number * len(self.languages) + position,
                title=title if code == source else sentence(dice, self.words, dice.randrange(2, 6)),
                slug=slug,
                summary=f"{sentence(dice, self.words, dice.randrange(10, 25))}.",
                path=entry.paths[code],
                search_text=". ".join(sentence(dice, self.words, 12) for _sentence in range(dice.randrange(4, 14))),
                is_live=True,
                is_translation=code != source,
            )
            for position, code in enumerate([source, *others])
        ]

    def _terms(self, entry: Entry) -> Iterator[EntryTerm]:
        for name, most in CARRIED[entry.kind]:
            known = self.terms[name]
            for position, key in enumerate(self.dice.sample(known, min(len(known), self.dice.randrange(1, most + 1)))):
                yield EntryTerm(entry=entry, vocabulary=name, key=key, position=position)


def _terms(model: Any) -> list[uuid.UUID]:
    return list(dict.fromkeys(model.objects.order_by("pk").values_list("translation_key", flat=True)))


def _list_paths(languages: list[str]) -> dict[tuple[str, str], str]:
    """Return the address of every kind's list in every language, made up where there is none."""
    paths = {(kind, code): f"/{code}/{kind}s/" for kind in Kind.values for code in languages}
    for model in page_models(EntryIndexPage):
        for page in model.objects.filter(live=True).select_related("locale"):
            paths[model.entry_kind.value, page.locale.language_code] = page_path(page)
    return paths


def synthetic() -> Any:
    """Return the entries that were made here."""
    return Entry.objects.filter(pk__in=EntryText.objects.filter(page_id__gte=FIRST_PAGE_ID).values("entry_id"))


@transaction.atomic
def load(*, number: int, seed: int = 1, force: bool = False, progress: Callable[[int], Any] | None = None) -> None:
    """Make `number` synthetic entries in place of those that are there.

    Raises RealContentError when there are other entries, unless forced.
    """
    if not force and Entry.objects.exclude(pk__in=synthetic().values("pk")).exists():
        raise RealContentError
    remove()
    done = 0
    for batch in in_batches(Maker(seed).entries(number), BATCH):
        _store(batch)
        done += len(batch)
        if progress:
            progress(done)
    site_changed()
    with connection.cursor() as cursor:
        # The planner would otherwise go on with figures from before.
        cursor.execute("ANALYZE")


def _store(batch: tuple[Made, ...]) -> None:
    Entry.objects.bulk_create([made.entry for made in batch], batch_size=BATCH)
    for model, name in (
        (EntryText, "texts"),
        (EntryTerm, "terms"),
        (EntryHub, "hubs"),
        (EntryOrganization, "organizations"),
    ):
        model.objects.bulk_create([row for made in batch for row in getattr(made, name)], batch_size=BATCH)
    announce([made.entry.pk for made in batch])


@transaction.atomic
def remove() -> int:
    """Take every synthetic entry away. Returns how many there were."""
    removed = 0
    while keys := list(synthetic().values_list("pk", flat=True)[:BATCH]):
        Entry.objects.filter(pk__in=keys).delete()
        announce(keys)
        removed += len(keys)
    site_changed()
    return removed
