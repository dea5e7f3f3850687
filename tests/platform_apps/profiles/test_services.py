"""Changing a profile: by its owner alone, wholly or not at all, and what others see of it at once."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from cms.core.models import SiteChange
from cms.core.refusals import NotAllowedError
from platform_apps.profiles.cards import no_name, person_cards
from platform_apps.profiles.enums import Visibility
from platform_apps.profiles.events import profile_changed
from platform_apps.profiles.models import LONGEST_ABOUT, LONGEST_HEADLINE, Profile
from platform_apps.profiles.services import edit_profile, ensure_profile, remove_avatar, set_avatar
from platform_apps.profiles.sight import FIELDS
from tests.factories.directory import make_terms
from tests.factories.media import image_file
from tests.factories.places import PlaceFactory
from tests.factories.profiles import make_person, public

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile() -> Profile:
    return make_person("ida@example.org", first_name="Ida", last_name="Kranz")


def edit(profile: Profile, **changes: Any) -> Profile:
    return edit_profile(editor=profile.user, profile=profile, changes=changes)


def stored(profile: Profile) -> dict[str, Any]:
    """Return everything that is stored of a profile."""
    row = Profile.objects.filter(pk=profile.pk).values().get()
    row.pop("updated_at")
    names = get_user_model().objects.filter(pk=profile.user_id).values("first_name", "last_name").get()
    several = [sorted(map(str, getattr(profile, name).values_list())) for name in ("skills", "sectors", "languages")]
    return row | names | {"several": several}


def test_it_comes_with_the_account_and_nothing_in_it_is_public() -> None:
    user = get_user_model().objects.create_user("new@example.org", first_name="Nia", last_name="Ross")
    assert user.profile.id == user.uuid
    assert user.profile.folded_name == "nia ross"
    assert set(user.profile.visibility.values()) == {Visibility.MEMBERS}
    assert ensure_profile(user=user) == user.profile


def test_everything_can_be_changed(profile: Profile) -> None:
    made, place = make_terms(), PlaceFactory()
    law, energy = made["law"].translation_key, made["energy"].translation_key
    edit(
        profile, first_name=" Ída ", headline=" Brings  people together", about="One\r\n\r\nTwo ", place=place,
        languages=["de", "tr"], skills={law: 3}, sectors=[energy], availability="hours_a_week",
        website="https://example.org/me", visibility={"name": "everyone", "skills": "nobody"},
    )  # fmt: skip
    profile = Profile.objects.select_related("user").get(pk=profile.pk)
    assert (profile.user.first_name, profile.user.last_name, profile.folded_name) == ("Ída", "Kranz", "ida kranz")
    assert (profile.headline, profile.about) == ("Brings people together", "One\n\nTwo")
    assert (profile.place, profile.availability, profile.website) == (place, "hours_a_week", "https://example.org/me")
    assert set(profile.languages.values_list("code", flat=True)) == {"de", "tr"}
    assert list(profile.skills.values_list("key", "level")) == [(law, 3)]
    assert list(profile.sectors.values_list("key", flat=True)) == [energy]
    assert (profile.name_visibility, profile.skills_visibility, profile.about_visibility) == (
        "everyone", "nobody", "members",
    )  # fmt: skip
    edit(profile, skills={}, languages=["en"], place=None)
    assert not profile.skills.exists()
    assert [*profile.languages.values_list("code", flat=True)] == ["en"]
    assert profile.sectors.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"first_name": "Ida\r\nBcc: all@example.org"},
        {"first_name": "Ida\x00"},
        {"first_name": "Ida \u202egnp.exe"},
        {"first_name": "<b>Ida</b>"},
        {"last_name": "\u200b\u200b"},
        {"last_name": "x" * 81},
        {"first_name": "", "last_name": " "},
        {"headline": "x" * (LONGEST_HEADLINE + 1)},
        {"headline": "two\nlines"},
        {"about": "x" * (LONGEST_ABOUT + 1)},
        {"about": "bell\x07"},
        {"website": "javascript:alert(1)"},
        {"website": "ftp://example.org/"},
        {"website": "https://user:secret@example.org/"},
        {"website": "example"},
        {"website": "http://["},
        {"website": "https://example.org/" + "x" * 300},
        {"languages": ["de", "xx-nope"]},
        {"languages": ["aa", "ab", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bm", "bn"]},
        {"skills": {uuid4(): 2}},
        {"sectors": [uuid4()]},
        {"availability": "always"},
        {"visibility": {"name": "friends"}},
        {"visibility": {"email": "everyone"}},
    ],
)
def test_what_is_wrong_changes_nothing(profile: Profile, changes: dict[str, Any]) -> None:
    before = stored(profile)
    with pytest.raises(ValidationError):
        edit(profile, **{"headline": "Something good", "visibility": {"about": "nobody"}} | changes)
    assert stored(profile) == before


@pytest.mark.parametrize("level", [0, 4, -1])
def test_levels_are_one_to_three(profile: Profile, level: int) -> None:
    key = make_terms()["law"].translation_key
    with pytest.raises(ValidationError):
        edit(profile, skills={key: level})
    assert not profile.skills.exists()


def test_a_text_may_say_anything_harmless(profile: Profile) -> None:
    edit(
        profile,
        headline="<script>alert(1)</script>",
        about="a <b> & “c”\n\thttps://example.org",
        first_name="O'Neil-Žižek",
    )
    profile.refresh_from_db()
    assert profile.headline == "<script>alert(1)</script>"


def test_a_sign_that_folds_to_many_letters_is_no_fault(profile: Profile) -> None:
    edit(profile, headline="\ufdfa" * LONGEST_HEADLINE, first_name="\ufdfa" * 80)
    assert edit(profile, headline="").folded_headline == ""


@pytest.mark.parametrize("door", [lambda editor, profile: edit_profile(editor=editor, profile=profile, changes={}),
                                  lambda editor, profile: set_avatar(editor=editor, profile=profile, file=image_file()),
                                  lambda editor, profile: remove_avatar(editor=editor, profile=profile)])  # fmt: skip
def test_nobody_else_may(profile: Profile, door: Callable[..., Any]) -> None:
    others = get_user_model().objects
    for other in (make_person().user, others.create_superuser("root@example.org", "correct horse")):
        with pytest.raises(NotAllowedError):
            door(other, profile)
    profile.user.is_active = False
    with pytest.raises(NotAllowedError):
        door(profile.user, profile)


def test_it_is_told_after_the_commit(profile: Profile, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[Any] = []

    def hear(**event: Any) -> None:
        heard.append((event["profile"], event["fields"]))

    profile_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            edit(profile, headline="New", visibility={"name": "everyone"})
            assert not heard
    finally:
        profile_changed.disconnect(hear)
    assert heard == [(profile, frozenset({"headline", "visibility"}))]


def test_public_pages_are_drawn_anew_when_the_public_card_changes_and_not_otherwise(profile: Profile) -> None:
    def notes(**changes: Any) -> int:
        SiteChange.objects.all().delete()
        edit(profile, **changes)
        return SiteChange.objects.count()

    assert notes(headline="Nobody sees this on a card") == 0
    assert notes(first_name="Ada") == 0
    assert notes(visibility={"name": "everyone"}) > 0


def test_whoever_is_renamed_elsewhere_has_the_new_name_at_once(profile: Profile) -> None:
    edit(profile, visibility=public())
    user = profile.user
    user.first_name = "Renate"
    user.save()
    profile.refresh_from_db()
    assert profile.folded_name == "renate kranz"
    assert person_cards([user.pk], None)[user.pk].name == "Renate Kranz"


def test_saving_the_time_of_a_sign_in_touches_no_profile(profile: Profile, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        profile.user.save(update_fields=["last_login"])


def test_a_picture_is_square_and_says_nothing_of_its_origin(profile: Profile) -> None:
    output = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}
    exif[0x010F] = "Camera of Ida"
    Image.new("RGB", (900, 600), (200, 10, 10)).save(output, "JPEG", exif=exif)
    profile = set_avatar(
        editor=profile.user, profile=profile, file=ContentFile(output.getvalue(), name="../../Ida.php.jpg")
    )
    with profile.avatar.open() as file:
        data = file.read()
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (512, 512))
        assert not picture.getexif()
    assert b"Camera" not in data
    assert b"Exif" not in data
    assert profile.avatar.name.startswith("avatars/")
    assert "ida" not in profile.avatar.name.lower()


def test_a_new_picture_takes_the_place_of_the_old_one(
    profile: Profile, django_capture_on_commit_callbacks: Any
) -> None:
    profile = set_avatar(editor=profile.user, profile=profile, file=image_file())
    storage, first = profile.avatar.storage, profile.avatar.name
    with django_capture_on_commit_callbacks(execute=True):
        profile = set_avatar(editor=profile.user, profile=profile, file=image_file())
        assert storage.exists(first)
    second = profile.avatar.name
    assert not storage.exists(first)
    assert storage.exists(second)
    with django_capture_on_commit_callbacks(execute=True):
        profile = remove_avatar(editor=profile.user, profile=profile)
    assert not profile.avatar
    assert not storage.exists(second)


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n cut", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_is_refused(profile: Profile, data: bytes) -> None:
    with pytest.raises(ValidationError):
        set_avatar(editor=profile.user, profile=profile, file=ContentFile(data, name="me.png"))
    profile.refresh_from_db()
    assert not profile.avatar


def test_cards_take_one_query_and_never_show_an_address(django_assert_num_queries: Any) -> None:
    nameless = get_user_model().objects.create_user("secret@example.org")
    edit_profile(editor=nameless, profile=nameless.profile, changes={"visibility": public()})
    gone = make_person(is_active=False, visibility=public())
    shown = make_person(first_name="Shown", visibility=public())
    hidden = make_person(first_name="Hidden", visibility=public(name="nobody", avatar="nobody"))
    without = make_person()
    Profile.objects.filter(pk=without.pk).delete()
    ids = [nameless.pk, gone.user_id, shown.user_id, hidden.user_id, without.user_id]
    with django_assert_num_queries(1):
        cards = person_cards(ids, None)
    assert [cards[key].name for key in ids] == [no_name(), no_name(), "Shown Kranz", no_name(), no_name()]
    assert [bool(cards[key].path) for key in ids] == [True, False, True, True, True]
    assert cards[shown.user_id].initials == "SK"
    assert set(FIELDS) == set(shown.visibility)
