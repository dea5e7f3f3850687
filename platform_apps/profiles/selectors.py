"""People as lists and pages show them: plain rows that hold what one viewer sees, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from cms.directory.browse import Around
from cms.places.models import Place
from cms.taxonomy.selectors import TermLabel, Terms, shown_terms

from .cards import avatar_url, full_name, hue_of, no_name, picture
from .circles import people_in
from .enums import Availability, Level, Visibility
from .languages import language_name
from .models import Profile, ProfileLanguage, ProfileSector, ProfileSkill
from .querysets import ProfileQuerySet
from .sight import FIELDS, initials, sees
from .visibility import STRANGER, Viewer

COLUMNS = (
    "id", "user_id", "user__first_name", "user__last_name", "avatar", "headline", "availability", "website",
    "place_id", "place__name", "place__names", "place__country", "created_at", "folded_name", "is_close",
    *(f"{field}_visibility" for field in FIELDS),
)  # fmt: skip


# Some five hundred kilometres around; a statement holds no more values than that without trouble.
MOST_PLACES = 5_000


@dataclass(frozen=True)
class Asked:
    """What a list of people is narrowed down to. None: not asked for. Values of one kind are alternatives."""

    words: tuple[str, ...] = ()
    skills: frozenset[UUID] | None = None
    sectors: frozenset[UUID] | None = None
    languages: tuple[str, ...] | None = None
    availability: tuple[str, ...] | None = None
    hubs: tuple[UUID, ...] | None = None
    around: Around | None = None
    within: Place | None = None


def people(asked: Asked, viewer: Viewer) -> ProfileQuerySet:
    """Return the profiles that a list shows to a viewer: what they do not see of a person does not find the person."""
    found = Profile.objects.listed_for(viewer)
    if asked.words:
        found = found.saying(asked.words, viewer)
    if asked.skills is not None:
        found = found.with_skill(asked.skills, viewer)
    if asked.sectors is not None:
        found = found.with_sector(asked.sectors, viewer)
    if asked.languages is not None:
        found = found.speaking(asked.languages, viewer)
    if asked.availability is not None:
        found = found.available(asked.availability, viewer)
    return _somewhere(found, asked, viewer)


def _somewhere(found: ProfileQuerySet, asked: Asked, viewer: Viewer) -> ProfileQuerySet:
    if asked.hubs is not None:
        belonging = people_in(asked.hubs)
        found = found.none() if belonging is None else found.filter(user__in=belonging)
    if asked.around is not None:
        near = asked.around
        places = Place.objects.within_radius(near.latitude, near.longitude, near.radius or 0)
        found = found.at(_ids(places), viewer)
    if asked.within is not None:
        found = found.at(_ids(Place.objects.inside(asked.within)), viewer)
    return found


def _ids(places: QuerySet[Place]) -> Any:
    """Return the ids of places, read beforehand unless they are very many.

    PostgreSQL takes a circle for three places however large it is, and would then fetch and sort all who live there;
    of places that it knows by id it knows how many people live there, and reads the list in its order.
    """
    keys = places.order_by().values_list("pk", flat=True)
    found = list(keys[: MOST_PLACES + 1])
    return found if len(found) <= MOST_PLACES else keys


@dataclass
class Person:
    """What one viewer sees of somebody. What they do not see is as empty as what is not there."""

    id: UUID
    name: str
    is_named: bool
    avatar: str = ""
    headline: str = ""
    about: str = ""
    place: dict[str, Any] | None = None
    languages: list[dict[str, str]] = field(default_factory=list)
    skills: list[dict[str, Any]] = field(default_factory=list)
    sectors: list[TermLabel] = field(default_factory=list)
    availability: str = ""
    website: str = ""

    @property
    def path(self) -> str:
        """The address of the profile's page in the active language."""
        return reverse("person", args=[self.id])

    @property
    def url(self) -> str:
        """The same, under the name that the components of the design system know."""
        return self.path

    @property
    def role(self) -> str:
        """The line below the name in lists."""
        return self.headline

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def hue(self) -> str:
        return hue_of(str(self.id))

    @property
    def image(self) -> dict[str, Any] | None:
        return picture(self.avatar)

    @property
    def availability_name(self) -> str:
        return str(Availability(self.availability).label) if self.availability else ""


def person_columns(profiles: ProfileQuerySet, viewer: Viewer, *more: str) -> QuerySet[Any, dict[str, Any]]:
    """Return profiles as the rows that `persons` reads."""
    return profiles.with_closeness(viewer).values(*COLUMNS, *more)


def persons(rows: Iterable[Mapping[str, Any]], viewer: Viewer, language: str) -> list[Person]:
    """Return what a viewer sees of the people in the rows. Three queries, however many there are."""
    rows = list(rows)
    having = _having(rows, viewer)
    labels = shown_terms(language)
    return [_person(row, viewer, having, labels, language) for row in rows]


def person(profile_id: UUID, viewer: Viewer, language: str) -> Person | None:
    """Return what a viewer sees of one person, None where there is none, or none any more."""
    profiles = Profile.objects.active().filter(pk=profile_id)
    found = persons(person_columns(profiles, viewer, "about"), viewer, language)
    return found[0] if found else None


def own(profile: Profile, language: str) -> Person:
    """Return everything of a profile, for its owner: also what nobody else sees."""
    everything = {f"{field}_visibility": Visibility.EVERYONE for field in FIELDS}
    rows = person_columns(Profile.objects.filter(pk=profile.pk), STRANGER, "about")
    return persons([row | everything for row in rows], STRANGER, language)[0]


@dataclass
class _Having:
    """What people have several of, by profile."""

    skills: dict[UUID, dict[UUID, int]]
    sectors: dict[UUID, list[UUID]]
    languages: dict[UUID, list[str]]


def _having(rows: list[Mapping[str, Any]], viewer: Viewer) -> _Having:
    """Read only of those who show it: what is hidden does not even leave the database."""
    skills: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    sectors: dict[UUID, list[UUID]] = defaultdict(list)
    languages: dict[UUID, list[str]] = defaultdict(list)
    for key, skill, level in ProfileSkill.objects.filter(profile__in=_showing("skills", rows, viewer)).values_list(
        "profile_id", "key", "level"
    ):
        skills[key][skill] = level
    for key, sector in ProfileSector.objects.filter(profile__in=_showing("sectors", rows, viewer)).values_list(
        "profile_id", "key"
    ):
        sectors[key].append(sector)
    for key, code in ProfileLanguage.objects.filter(profile__in=_showing("languages", rows, viewer)).values_list(
        "profile_id", "code"
    ):
        languages[key].append(code)
    return _Having(skills, sectors, languages)


def _showing(name: str, rows: list[Mapping[str, Any]], viewer: Viewer) -> list[UUID]:
    return [row["id"] for row in rows if _is_seen(row, name, viewer)]


def _is_seen(row: Mapping[str, Any], name: str, viewer: Viewer) -> bool:
    return sees(row[f"{name}_visibility"], viewer.relation(row["is_close"]))


def _person(row: Mapping[str, Any], viewer: Viewer, having: _Having, labels: Terms, language: str) -> Person:
    name = full_name(row["user__first_name"], row["user__last_name"]) if _is_seen(row, "name", viewer) else ""
    shown = {
        text: row[text] if _is_seen(row, text, viewer) else ""
        for text in ("headline", "about", "availability", "website")
        if text in row
    }
    levels = having.skills.get(row["id"], {})
    codes = having.languages.get(row["id"], [])
    return Person(
        id=row["id"],
        name=name or no_name(),
        is_named=bool(name),
        avatar=avatar_url(row["avatar"]) if _is_seen(row, "avatar", viewer) else "",
        place=_place(row, language) if row["place_id"] and _is_seen(row, "place", viewer) else None,
        skills=[skill_row(label, levels[key]) for key, label in labels.by_key.items() if key in levels],
        sectors=[label for key, label in labels.by_key.items() if key in having.sectors.get(row["id"], ())],
        languages=[{"code": code, "name": language_name(code, language)} for code in sorted(codes)],
        **shown,
    )


def skill_row(label: TermLabel, level: int) -> dict[str, Any]:
    """Return a skill with its level, as pages and the API show it."""
    return {
        "id": label.key, "slug": label.slug, "name": label.name, "level": level, "level_name": str(Level(level).label),
    }  # fmt: skip


def _place(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    names = row["place__names"] or {}
    name = names.get(language) or names.get(language.partition("-")[0]) or row["place__name"]
    return {"id": row["place_id"], "name": name, "country": row["place__country"]}
