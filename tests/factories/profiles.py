"""People with profiles: through the services where one is made, in bulk where many are."""

import random
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.utils import timezone

from cms.places.names import folded
from platform_apps.profiles.enums import Availability, Visibility
from platform_apps.profiles.models import Profile, ProfileLanguage, ProfileSector, ProfileSkill
from platform_apps.profiles.services import edit_profile, folded_name
from platform_apps.profiles.sight import FIELDS

FIRST_NAMES = ("Ana", "Björn", "Chloé", "Deniz", "Émile", "Frida")
LAST_NAMES = ("Özdemir", "Kranz", "van Dijk", "García")


def public(**more: str) -> dict[str, str]:
    """Return the visibility of a profile that everybody sees, but for what is said otherwise."""
    return dict.fromkeys(FIELDS, Visibility.EVERYONE.value) | more


def make_person(email: str = "", *, is_active: bool = True, **changes: Any) -> Profile:
    """Make a user with a profile."""
    names = {"first_name": "Ida", "last_name": "Kranz"} | {
        name: changes.pop(name) for name in ("first_name", "last_name") if name in changes
    }
    user = get_user_model().objects.create_user(email or f"{uuid4().hex[:10]}@example.org", **names)
    profile = edit_profile(editor=user, profile=user.profile, changes=changes) if changes else user.profile
    if not is_active:
        user.is_active = False
        user.save()
    return profile


def make_people(
    number: int, *, skills: list[Any], sectors: list[Any], places: list[Any], seed: int = 1, visibility: str = ""
) -> list[Profile]:
    """Make people with anything at random, in bulk; of one visibility if it is given. Some accounts are closed."""
    dice = random.Random(seed)
    users = [_user(dice) for _number in range(number)]
    get_user_model().objects.bulk_create(users, batch_size=500)
    made = [_profile(user, dice, places, [visibility] if visibility else Visibility.values) for user in users]
    Profile.objects.bulk_create(made, batch_size=500)
    _give(ProfileSkill, made, dice, [{"key": key, "level": level} for key in skills for level in (1, 2, 3)], "key")
    _give(ProfileSector, made, dice, [{"key": key} for key in sectors], "key")
    _give(ProfileLanguage, made, dice, [{"code": code} for code in ("de", "en", "tr")], "code")
    return made


def _user(dice: random.Random) -> Any:
    return get_user_model()(
        email=f"{uuid4().hex}@example.org",
        first_name=dice.choice(FIRST_NAMES),
        last_name=dice.choice(LAST_NAMES),
        is_active=dice.random() > 0.1,
    )


def _profile(user: Any, dice: random.Random, places: list[Any], visibilities: list[str]) -> Profile:
    headline = dice.choice(["", "Solar nerd", "Ana's neighbour"])
    about = dice.choice(["", "I build things.", "Çelebi loves solar"])
    return Profile(
        id=user.uuid,
        user=user,
        headline=headline,
        about=about,
        folded_headline=folded(headline),
        folded_about=folded(about),
        place=dice.choice([None, *places]),
        availability=dice.choice(["", *Availability.values]),
        folded_name=folded_name(user),
        created_at=timezone.now(),
        **{f"{field}_visibility": dice.choice(visibilities) for field in FIELDS},
    )


def _give(model: Any, profiles: list[Profile], dice: random.Random, choices: list[dict[str, Any]], unique: str) -> None:
    rows = []
    for profile in profiles:
        chosen = {one[unique]: one for one in dice.sample(choices, dice.randrange(min(4, len(choices) + 1)))}
        rows += [model(profile=profile, **values) for values in chosen.values()]
    model.objects.bulk_create(rows, batch_size=500)
