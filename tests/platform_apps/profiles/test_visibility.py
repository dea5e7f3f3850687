"""Whoever asks for whatever finds those, and only those, whose answer they may see: compared with plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from cms.directory.browse import Around
from cms.places.geo import great_circle_km
from cms.places.names import folded
from cms.taxonomy.selectors import terms
from platform_apps.profiles import circles
from platform_apps.profiles.cards import no_name, person_cards
from platform_apps.profiles.enums import Availability, Relation
from platform_apps.profiles.models import Profile
from platform_apps.profiles.selectors import Asked, people, person_columns, persons
from platform_apps.profiles.sight import FIELDS, sees
from platform_apps.profiles.visibility import STRANGER, Viewer, viewer_of
from tests.factories.directory import BERLIN, make_places, make_terms
from tests.factories.profiles import make_people

WORDS = ("ana", "Özdemir", "solar", "celebi", "NERD", "things", "nobody-says-this")
HUBS = 3
RADII = (10.0, 200.0, 600.0)


class UndoError(Exception):
    """Rolls the world back when the module is done."""


@dataclass
class World:
    """People, and who belongs to which hub."""

    profiles: list[Profile]
    skills: list[Any]
    sectors: list[Any]
    hubs: list[set[int]]

    def circle(self, user_id: int) -> set[int]:
        return {user_id}.union(*(hub for hub in self.hubs if user_id in hub))


@pytest.fixture(scope="module")
def world(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield _build()
                raise UndoError
        except UndoError:
            pass


def _build() -> World:
    made = make_terms()
    skills = [made[slug].translation_key for slug in ("crafts", "carpentry", "law")]
    sectors = [made[slug].translation_key for slug in ("energy", "solar", "food")]
    make_people(90, skills=skills, sectors=sectors, places=make_places())
    profiles = list(Profile.objects.select_related("user", "place").prefetch_related("skills", "sectors", "languages"))
    ids = [profile.user_id for profile in profiles]
    return World(profiles, skills, sectors, [set(ids[start :: 4 + start]) for start in range(HUBS)])


@pytest.fixture(autouse=True)
def _circles(world: World, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    users = get_user_model().objects

    def circle_of(user: Any) -> Any:
        return users.filter(pk__in=world.circle(user.pk)).values("pk")

    def people_in(numbers: tuple[Any, ...]) -> Any:
        return users.filter(pk__in=set().union(*(world.hubs[number] for number in numbers))).values("pk")

    monkeypatch.setattr(circles, "_known", {"circle_of": circle_of, "people_in": people_in})


def relation(world: World, profile: Profile, viewer: Viewer) -> Relation:
    if viewer.user_id is None or viewer.most == Relation.STRANGER:
        return Relation.STRANGER
    is_close = profile.user_id in world.circle(viewer.user_id)
    return Relation.CLOSE if is_close and viewer.most == Relation.CLOSE else Relation.MEMBER


def fits(world: World, profile: Profile, asked: Asked, viewer: Viewer) -> bool:
    """Say in plain Python whether a list has to show somebody."""
    seen = {name for name in FIELDS if sees(getattr(profile, f"{name}_visibility"), relation(world, profile, viewer))}
    conditions = {
        "skills": asked.skills is None or any(one.key in asked.skills for one in profile.skills.all()),
        "sectors": asked.sectors is None or any(one.key in asked.sectors for one in profile.sectors.all()),
        "languages": asked.languages is None or any(one.code in asked.languages for one in profile.languages.all()),
        "availability": asked.availability is None or profile.availability in asked.availability,
        "place": asked.around is None or (profile.place is not None and _is_near(profile.place, asked.around)),
    }
    given = {
        "skills": asked.skills, "sectors": asked.sectors, "languages": asked.languages,
        "availability": asked.availability, "place": asked.around,
    }  # fmt: skip
    texts = {"name": profile.user.get_full_name(), "headline": profile.headline, "about": profile.about}
    said = [folded(text) for name, text in texts.items() if name in seen]
    return (
        profile.user.is_active
        and "name" in seen
        and all(holds and (given[name] is None or name in seen) for name, holds in conditions.items())
        and all(any(folded(word) in text for text in said) for word in asked.words)
        and (asked.hubs is None or any(profile.user_id in world.hubs[number] for number in asked.hubs))
    )


def _is_near(place: Any, around: Around) -> bool:
    return great_circle_km(place.latitude, place.longitude, around.latitude, around.longitude) <= (around.radius or 0)


def askings(world: World) -> Any:
    def some(values: Any) -> Any:
        return st.none() | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)

    return st.builds(
        Asked,
        words=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
        skills=some(world.skills).map(lambda keys: keys and frozenset(keys)),
        sectors=some(world.sectors).map(lambda keys: keys and frozenset(keys)),
        languages=some(["de", "en", "tr"]),
        availability=some(Availability.values),
        hubs=some(range(HUBS)),
        around=st.none() | st.builds(Around, st.just(BERLIN[0]), st.just(BERLIN[1]), st.sampled_from(RADII)),
    )  # fmt: skip


def viewers(world: World) -> Any:
    members = st.sampled_from([one for one in world.profiles if one.user.is_active])
    return st.just(STRANGER) | st.builds(
        lambda profile, most: viewer_of(profile.user).seeing_as(most), members, st.sampled_from(Relation)
    )


@given(data=st.data())
def test_every_filter_finds_whom_the_viewer_may_see(world: World, data: Any) -> None:
    viewer, asked = data.draw(viewers(world)), data.draw(askings(world))
    expected = {profile.pk for profile in world.profiles if fits(world, profile, asked, viewer)}
    assert set(people(asked, viewer).values_list("pk", flat=True)) == expected


@given(data=st.data())
def test_every_row_shows_what_the_viewer_may_see(world: World, data: Any) -> None:
    viewer = data.draw(viewers(world))
    by_id = {profile.pk: profile for profile in world.profiles}
    rows = persons(person_columns(Profile.objects.all(), viewer, "about"), viewer, "en")
    assert len(rows) == len(by_id)
    cards = {card.id: card for card in person_cards([one.user_id for one in world.profiles], viewer).values()}
    for row in rows:
        profile = by_id[row.id]
        seen = {name: sees(getattr(profile, f"{name}_visibility"), relation(world, profile, viewer)) for name in FIELDS}
        assert row.name == (profile.user.get_full_name() if seen["name"] else no_name())
        assert row.headline == (profile.headline if seen["headline"] else "")
        assert row.about == (profile.about if seen["about"] else "")
        assert row.availability == (profile.availability if seen["availability"] else "")
        assert (row.place is not None) == (seen["place"] and profile.place is not None)
        assert {one["id"]: one["level"] for one in row.skills} == (
            {one.key: one.level for one in profile.skills.all()} if seen["skills"] else {}
        )
        assert {one.key for one in row.sectors} == (
            {one.key for one in profile.sectors.all()} if seen["sectors"] else set()
        )
        assert {one["code"] for one in row.languages} == (
            {one.code for one in profile.languages.all()} if seen["languages"] else set()
        )
        card = cards[str(profile.pk)]
        assert card.name == (row.name if profile.user.is_active else no_name())
        assert bool(card.path) == profile.user.is_active


def test_what_is_for_nobody_is_found_by_nobody(world: World) -> None:
    hidden = {one.pk for one in world.profiles if one.skills_visibility == "nobody" and one.skills.all()}
    assert hidden
    everything = Asked(skills=frozenset(label.key for label in terms("en").of("skill")))
    for viewer in [STRANGER, *(viewer_of(one.user) for one in world.profiles[:20])]:
        assert not hidden & set(people(everything, viewer).values_list("pk", flat=True))


def test_without_anybody_who_counts_a_hub_finds_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circles, "_known", {})
    assert not people(Asked(hubs=(0,)), STRANGER).exists()
    assert people(Asked(), viewer_of(next(one.user for one in world.profiles if one.user.is_active))).exists()
