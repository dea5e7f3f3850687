"""What people do with their profiles. Pages, API and demo all call these."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.page_cache.version import site_changed
from cms.core.refusals import require
from cms.media.pipeline import square_image
from cms.places.names import folded
from platform_apps.accounts.models import User

from .cards import AVATAR_SIDE, full_name, person_cards
from .enums import Visibility
from .events import profile_changed
from .models import LONGEST_FOLDED_NAME, Profile, ProfileLanguage, ProfileSector, ProfileSkill
from .permissions import can_edit_profile
from .validation import checked
from .visibility import STRANGER

OF_THE_USER = ("first_name", "last_name")
OF_THE_PROFILE = ("headline", "about", "place", "availability", "website")


def ensure_profile(*, user: User) -> Profile:
    """Return the profile of a user, made now where there is none. Nothing in a new one is public."""
    profile, _is_new = Profile.objects.get_or_create(
        user=user, defaults={"id": user.uuid, "folded_name": folded_name(user), "created_at": user.date_joined}
    )
    return profile


def folded_name(user: Any) -> str:
    """Return a user's name as words are searched in it."""
    return folded(full_name(user.first_name, user.last_name))[:LONGEST_FOLDED_NAME]


@transaction.atomic
def keep_name(*, user: User) -> None:
    """Bring the profile in step with an account that may have been renamed, closed or opened again by another door.

    Public pages that may have the person on them are drawn anew.
    """
    profile = ensure_profile(user=user)
    name = folded_name(user)
    if profile.folded_name != name:
        Profile.objects.filter(pk=profile.pk).update(folded_name=name)
    if profile.name_visibility == Visibility.EVERYONE:
        site_changed()


@transaction.atomic
def edit_profile(*, editor: User, profile: Profile, changes: Mapping[str, Any]) -> Profile:
    """Change what is named in `changes`, the name of the account included, and leave the rest.

    `skills` are levels by key, `sectors` keys, `languages` codes, `place` a Place or None, `visibility` values by
    field. Raises NotAllowedError unless it is the editor's own, ValidationError with what is wrong by field.
    """
    require(can_edit_profile(editor, profile))
    good = checked(changes)
    profile = _locked(profile)
    before = _public_card(profile)
    _write_name(profile.user, good)
    for name in OF_THE_PROFILE:
        if name in good:
            setattr(profile, name, good[name])
    for field, value in good.get("visibility", {}).items():
        setattr(profile, f"{field}_visibility", value)
    profile.folded_name = folded_name(profile.user)
    profile.save()
    _write_several(profile, good)
    _announce(profile, before, set(good))
    return profile


def _locked(profile: Profile) -> Profile:
    """Return the profile as it is now, for this transaction alone to change.

    The account comes first, as where it is renamed by another door: two that wait for each other would both fail.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=profile.user_id)
    profile = Profile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    profile.user = user
    return profile


def _write_name(user: User, good: Mapping[str, Any]) -> None:
    given = {name: good[name] for name in OF_THE_USER if name in good}
    if not given:
        return
    for name, value in given.items():
        setattr(user, name, value)
    if not full_name(user.first_name, user.last_name):
        raise ValidationError({next(iter(given)): [_("Give at least one name.")]})
    user.save(update_fields=list(given))


def _write_several(profile: Profile, good: Mapping[str, Any]) -> None:
    if "skills" in good:
        profile.skills.all().delete()
        made = [ProfileSkill(profile=profile, key=key, level=level) for key, level in good["skills"].items()]
        ProfileSkill.objects.bulk_create(made)
    if "sectors" in good:
        profile.sectors.all().delete()
        ProfileSector.objects.bulk_create([ProfileSector(profile=profile, key=key) for key in good["sectors"]])
    if "languages" in good:
        profile.languages.all().delete()
        ProfileLanguage.objects.bulk_create([ProfileLanguage(profile=profile, code=code) for code in good["languages"]])


def set_avatar(*, editor: User, profile: Profile, file: File) -> Profile:
    """Give a profile a picture: the middle of it, square, without a word about its origin.

    Raises NotAllowedError unless it is the editor's own, ValidationError when it is no picture that we take.
    """
    require(can_edit_profile(editor, profile))
    # Before the transaction: decoding takes its time, and nobody has to wait for it.
    picture = square_image(file, name="avatar", side=AVATAR_SIDE)
    return _replace_avatar(profile, picture)


def remove_avatar(*, editor: User, profile: Profile) -> Profile:
    """Take the picture away; initials stand in its place. Raises NotAllowedError unless it is the editor's own."""
    require(can_edit_profile(editor, profile))
    return _replace_avatar(profile, None)


@transaction.atomic
def _replace_avatar(profile: Profile, picture: File | None) -> Profile:
    profile = _locked(profile)
    before = _public_card(profile)
    storage, old = profile.avatar.storage, profile.avatar.name
    if picture is None:
        profile.avatar = ""
    else:
        profile.avatar.save(picture.name, picture, save=False)
    profile.save()
    if old:
        transaction.on_commit(lambda: storage.delete(old))
    _announce(profile, before, {"avatar"})
    return profile


def _public_card(profile: Profile) -> Any:
    return person_cards([profile.user_id], STRANGER).get(profile.user_id)


def _announce(profile: Profile, before: Any, fields: set[str]) -> None:
    """Tell who listens, after the commit; public pages with the person's card on them are drawn anew."""
    if _public_card(profile) != before:
        site_changed()
    transaction.on_commit(lambda: profile_changed.send(sender=Profile, profile=profile, fields=frozenset(fields)))
