"""The pages about people, as HTML: for strangers, members and the person themselves."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from cms.core.page_cache.middleware import store
from cms.core.throttling import Limit
from platform_apps.profiles.models import Profile
from platform_apps.profiles.services import edit_profile
from platform_apps.profiles.sight import FIELDS
from tests.factories.directory import make_terms
from tests.factories.media import image_file
from tests.factories.places import PlaceFactory
from tests.factories.profiles import make_people, make_person, public

pytestmark = pytest.mark.django_db
PEOPLE, MINE = "/en/people/", "/en/people/me/"


def member(profile: Profile) -> Client:
    client = Client()
    client.force_login(profile.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def path(profile: Profile) -> str:
    return reverse("person", args=[profile.pk])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def sent(profile: Profile, **changes: Any) -> dict[str, Any]:
    """Return what the form sends when nothing is changed but this."""
    values = {"first_name": profile.user.first_name, "last_name": profile.user.last_name}
    return values | {f"visibility-{name}": profile.visibility[name] for name in FIELDS} | changes


def test_a_stranger_sees_what_is_for_everyone_and_a_member_more(client: Client) -> None:
    ida = make_person(
        first_name="Ida", headline="Builds bridges", about="My secret garden", visibility=public(about="members")
    )
    page = text(client, path(ida))
    assert "Builds bridges" in page
    assert "My secret garden" not in page
    assert "My secret garden" in text(member(make_person()), path(ida))


def test_a_new_account_is_a_member_to_strangers_and_not_for_search_engines(client: Client) -> None:
    ida = make_person(first_name="Ida")
    page = text(client, path(ida))
    assert "Ida" not in page
    assert "<h1>A member</h1>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Ida" not in text(client, PEOPLE)
    assert "Ida Kranz" in text(member(make_person(first_name="Bob")), PEOPLE)


def test_strangers_get_the_same_bytes_and_no_cookie(client: Client) -> None:
    ida = make_person(first_name="Ida", visibility=public())
    for address in (PEOPLE, path(ida), f"{path(ida)}?as=everyone"):
        first, second = Client().get(address), Client(headers={"user-agent": "other"}).get(address)
        assert first.content == second.content
        assert not first.cookies
        assert b"csrf" not in first.content


def test_who_is_gone_has_no_page(client: Client) -> None:
    gone = make_person(is_active=False, visibility=public())
    assert client.get(path(gone)).status_code == 404
    assert client.get("/en/people/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert "Ida" not in text(client, PEOPLE)


def test_a_renamed_profile_shows_at_once(settings: Any) -> None:
    """climatehub kept the old name for two days (4A-28)."""
    settings.PAGE_CACHE_ENABLED = True
    store()
    ida = make_person(first_name="Ida", visibility=public())
    readers = {"stranger": Client(), "member": member(make_person(first_name="Bob"))}
    for reader in readers.values():
        assert all("Ida Kranz" in text(reader, address) for address in (PEOPLE, path(ida)))
        assert "Ida Kranz" in reader.get("/api/v1/people/").content.decode()
    edit_profile(editor=ida.user, profile=ida, changes={"first_name": "Renamed"})
    for name, reader in readers.items():
        for address in (PEOPLE, path(ida)):
            page = text(reader, address)
            assert "Renamed Kranz" in page, (name, address)
            assert "Ida Kranz" not in page
        assert "Renamed Kranz" in reader.get("/api/v1/people/?q=renamed").content.decode()
        assert not reader.get("/api/v1/people/?q=ida").json()["results"]
    edit_profile(editor=ida.user, profile=ida, changes={"visibility": {"name": "nobody"}})
    for reader in readers.values():
        assert "Renamed" not in text(reader, PEOPLE)
        assert "Renamed" not in text(reader, path(ida))
    caches["default"].clear()


def test_one_can_see_oneself_as_others_do_and_nobody_else_by_that_way(client: Client) -> None:
    ida = make_person(first_name="Ida", about="For members only", visibility=public(about="members", website="circle"))
    own = member(ida)
    assert "For members only" in text(own, path(ida))
    assert "For members only" not in text(own, f"{path(ida)}?as=everyone")
    assert "For members only" in text(own, f"{path(ida)}?as=members")
    assert "For members only" in text(own, f"{path(ida)}?as=nonsense")
    assert "For members only" not in text(client, f"{path(ida)}?as=circle")
    assert "Edit your profile" not in text(member(make_person()), path(ida))


def test_texts_are_text_with_paragraphs_and_links_without_weight(client: Client) -> None:
    about = 'Look: https://example.org/a?b=1&c="x\n\n<script>alert(1)</script> rel="nofollow" javascript:alert(1)'
    ida = make_person(about=about, headline="<img src=x onerror=alert(1)>", visibility=public())
    page = text(client, path(ida))
    assert '<a href="https://example.org/a?b=1&amp;c=' in page
    assert 'rel="nofollow ugc noopener"' in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert page.count("<p>Look") == 1


def test_the_form_changes_everything_without_a_script() -> None:
    made, place = make_terms(), PlaceFactory(name="Oldenburg")
    ida = make_person(first_name="Ida", last_name="Kranz")
    law, energy = made["law"].translation_key, made["energy"].translation_key
    client = member(ida)
    page = text(client, MINE)
    assert 'name="first_name" value="Ida"' in page
    answer = client.post(
        MINE,
        sent(
            ida, first_name="Ada", headline="Hello", about="One\r\n\r\nTwo", place="oldenburg", website="https://a.example/",
            languages=["de", "", "tr"], sectors=[str(energy)], availability="none",
            **{f"skill-{law}": "3", "visibility-headline": "everyone", "avatar": image_file()},
        ),
    )  # fmt: skip
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert answer.headers["Location"] == MINE
    ida = Profile.objects.select_related("user").get(pk=ida.pk)
    assert (ida.user.first_name, ida.headline, ida.about) == ("Ada", "Hello", "One\n\nTwo")
    assert (ida.place, ida.availability, ida.headline_visibility) == (place, "none", "everyone")
    assert ida.avatar
    assert [*ida.skills.values_list("key", "level")] == [(law, 3)]
    assert {*ida.languages.values_list("code", flat=True)} == {"de", "tr"}
    page = text(client, MINE)
    assert "Your profile is saved." in page
    assert str(ida.avatar.url) in page
    # Sent again as it stands there, with the place by its id, nothing is lost.
    again = sent(ida, place=place.label_in("en"), place_id=str(place.pk), headline="Hello", remove_avatar="on")
    assert client.post(MINE, again).status_code == 302
    ida.refresh_from_db()
    assert (ida.place, bool(ida.avatar), ida.skills.count()) == (place, False, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_name": "<b>"}, "first_name"),
        ({"first_name": "", "last_name": ""}, "first_name"),
        ({"headline": "x" * 121}, "headline"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"place": "Atlantis"}, "place"),
        ({"languages": ["klingon"]}, "languages"),
        ({"sectors": ["00000000-0000-4000-8000-000000000000"]}, "sectors"),
        ({"availability": "always"}, "availability"),
        ({"visibility-name": "friends"}, "visibility-name"),
        ({"avatar": image_file().__class__(b"no picture", name="me.png")}, "avatar"),
        ({"about": "bell \x07"}, "about"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_changed(changes: dict[str, Any], field: str) -> None:
    ida = make_person(first_name="Ida", last_name="Kranz", headline="As it was")
    answer = member(ida).post(MINE, sent(ida, headline="Something else") | changes)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].errors[0] in answer.content.decode().replace("&#x27;", "'")
    ida = Profile.objects.select_related("user").get(pk=ida.pk)
    assert (ida.headline, ida.user.first_name, bool(ida.avatar)) == ("As it was", "Ida", False)


def test_of_several_places_one_is_chosen() -> None:
    first, second = (PlaceFactory(name="Neustadt", country=country) for country in ("DE", "AT"))
    ida = make_person()
    client = member(ida)
    answer = client.post(MINE, sent(ida, place="Neustadt"))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert all(f'value="{place.pk}"' in page for place in (first, second))
    assert client.post(MINE, sent(ida, place="Neustadt", place_id=str(second.pk))).status_code == 302
    ida.refresh_from_db()
    assert ida.place == second
    # The id of another place than the one that is named counts for nothing.
    PlaceFactory(name="Kiel")
    assert client.post(MINE, sent(ida, place="Kiel", place_id=str(second.pk))).status_code == 302
    ida.refresh_from_db()
    assert ida.place.name == "Kiel"


def test_strangers_are_sent_to_sign_in_and_no_other_site_can_send_the_form() -> None:
    assert Client().get(MINE).headers["Location"].startswith("/accounts/login/")
    assert Client().post(MINE, {}).status_code == 302
    ida = make_person()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ida.user, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(MINE, sent(ida, headline="Forged")).status_code == 403


def test_the_list_can_be_narrowed_and_turned_page_by_page(client: Client) -> None:
    made = make_terms()
    law = made["law"].translation_key
    names = [f"Person{number:02}" for number in range(60)]
    for name in names:
        profile = Profile.objects.get(pk=make_person(first_name=name, last_name="", visibility=public()).pk)
        profile.skills.create(key=law, level=2)
    make_person(first_name="Unskilled", visibility=public())
    seen: list[str] = []
    address = f"{PEOPLE}?skill=law&ordering=name"
    for _page in range(3):
        answer = client.get(address)
        seen += [one.name for one in answer.context["people"]]
        address = PEOPLE + answer.context["next"] if answer.context["next"] else ""
    assert seen == names
    assert not address
    back = client.get(PEOPLE + answer.context["back"])
    assert [one.name for one in back.context["people"]] == names[24:48]
    assert "Nobody fits" in text(client, f"{PEOPLE}?skill=carpentry")
    assert "Unskilled" in text(
        client, f"{PEOPLE}?q=unskilled&skill=nonsense&cursor=nonsense&radius=x&hub=%20&place=%20"
    )


def test_places_narrow_and_namesakes_are_offered(client: Client) -> None:
    berlin = PlaceFactory(name="Berlin", population=3_000_000)
    make_person(first_name="Bea", place=berlin, visibility=public())
    make_person(first_name="Hidden", place=berlin, visibility=public(place="members"))
    page = text(client, f"{PEOPLE}?place=Berlin")
    assert "Bea" in page
    assert "Hidden" not in page
    for country in ("DE", "AT"):
        PlaceFactory(name="Neustadt", country=country)
    assert "Which one do you mean?" in text(client, f"{PEOPLE}?place=Neustadt")


def test_fifty_or_five_thousand_take_the_same_queries(django_assert_max_num_queries: Any) -> None:
    made = make_terms()
    skills, sectors = [made["law"].translation_key], [made["energy"].translation_key]
    addresses = [
        "/en/people/?skill=law&sector=energy", "/api/v1/people/?skill=law&sector=energy",
        "/en/people/?q=ana&ordering=name",
    ]  # fmt: skip
    clients = [Client(), member(make_person())]

    def count() -> list[int]:
        found = []
        for client in clients:
            for address in addresses:
                client.get(address)
                with django_assert_max_num_queries(16) as captured:
                    client.get(address)
                found.append(len(captured))
        return found

    make_people(50, skills=skills, sectors=sectors, places=[PlaceFactory()], visibility="everyone")
    few = count()
    make_people(4950, skills=skills, sectors=sectors, places=[PlaceFactory()], seed=2, visibility="everyone")
    assert count() == few


def test_the_menu_leads_to_ones_profile() -> None:
    ida = make_person()
    assert f'href="{MINE}"' in member(ida).get("/en/personal/?path=/en/").content.decode()


def test_a_user_without_a_profile_gets_one_by_coming() -> None:
    user = get_user_model().objects.create_user("old@example.org", first_name="Old")
    Profile.objects.filter(pk=user.profile.pk).delete()
    user = get_user_model().objects.get(pk=user.pk)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(MINE).status_code == 200
    assert Profile.objects.filter(user=user).exists()


def test_pictures_without_end_are_not_looked_at(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.THROTTLING_ENABLED = True
    monkeypatch.setattr("platform_apps.profiles.limits.PICTURES", Limit("profile-pictures", number=2, seconds=1800))
    ida = make_person()
    client = member(ida)
    answers = [client.post(MINE, sent(ida, avatar=image_file())) for _number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 400]
    assert list(answers[2].context["form"].errors) == ["avatar"]
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nx\r\n--x--\r\n'
    answer = client.generic("PUT", "/api/v1/people/me/avatar/", body, "multipart/form-data; boundary=x")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1800"
