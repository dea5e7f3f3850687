"""People by API: filters that never say more than the viewer may know, and one's own profile."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken

from cms.directory.enums import Kind
from config.api import ACTIONS
from platform_apps.profiles.models import Profile
from tests.factories.directory import make_entry, make_terms, save_entries
from tests.factories.media import image_file
from tests.factories.places import PlaceFactory
from tests.factories.profiles import make_people, make_person, public

pytestmark = pytest.mark.django_db
PEOPLE, MINE, AVATAR = "/api/v1/people/", "/api/v1/people/me/", "/api/v1/people/me/avatar/"
JSON = "application/json"


def member(profile: Profile) -> Client:
    _token, key = APIToken.create_token(user=profile.user, name="test")
    return Client(headers={"Authorization": f"Bearer {key}"})


def names(client: Client, query: str = "") -> set[str | None]:
    answer = client.get(f"{PEOPLE}{query}")
    assert answer.status_code == 200, answer.content
    return {row["name"] for row in answer.json()["results"]}


def test_a_row_shows_what_the_asker_sees(client: Client) -> None:
    made, place = make_terms(), PlaceFactory(name="Berlin", names={"de": "Berlin (de)"})
    law, energy = made["law"].translation_key, made["energy"].translation_key
    ida = make_person(
        first_name="Ida", last_name="Kranz", headline="Hello", about="Long", place=place, languages=["de"],
        skills={law: 3}, sectors=[energy], availability="none", website="https://example.org/",
        visibility=public(skills="members", availability="nobody"),
    )  # fmt: skip
    [row] = client.get(f"{PEOPLE}?lang=de").json()["results"]
    assert row == {
        "id": str(ida.pk),
        "name": "Ida Kranz",
        "avatar": None,
        "headline": "Hello",
        "place": {"id": str(place.pk), "name": "Berlin (de)", "country": "DE"},
        "languages": [{"code": "de", "name": "Deutsch"}],
        "skills": [],
        "sectors": [{"id": str(energy), "slug": "energy", "name": "energy de", "hue": "energy"}],
        "availability": None,
        "website": "https://example.org/",
        "url": f"http://testserver/de/people/{ida.pk}/",
    }
    one = member(make_person()).get(f"{PEOPLE}{ida.pk}/").json()
    assert one["skills"] == [{"id": str(law), "slug": "law", "name": "law en", "level": 3}]
    assert one["about"] == "Long"
    assert one["availability"] is None
    assert member(ida).get(MINE).json()["availability"] == "none"


def test_a_hidden_skill_finds_nobody_who_hides_it(client: Client) -> None:
    made = make_terms()
    law = made["law"].translation_key
    for name, visibility in (("Open", "everyone"), ("Inside", "members"), ("Shut", "nobody")):
        make_person(first_name=name, last_name="", skills={law: 1}, visibility=public(skills=visibility))
    assert names(client) == {"Open", "Inside", "Shut"}
    assert names(client, "?skill=law") == {"Open"}
    assert names(member(make_person(first_name="Bob")), "?skill=law") == {"Open", "Inside"}


def test_filters_go_together_and_trees_go_down(client: Client) -> None:
    made, berlin = make_terms(), PlaceFactory(name="Berlin")
    far = PlaceFactory(latitude=48.1, longitude=11.5)
    crafts, carpentry, solar = (made[slug].translation_key for slug in ("crafts", "carpentry", "solar"))
    make_person(first_name="A", last_name="", skills={carpentry: 1}, sectors=[solar], place=berlin, visibility=public())
    make_person(first_name="B", last_name="", skills={crafts: 1}, place=far, languages=["tr"], visibility=public())
    make_person(first_name="C", last_name="", availability="none", about="Çay & Kuchen", visibility=public())
    for query, expected in {
        "?skill=crafts": {"A", "B"}, "?skill=carpentry": {"A"}, f"?skill={carpentry},{crafts}": {"A", "B"},
        "?sector=energy": {"A"}, "?skill=crafts&sector=energy": {"A"}, "?language=tr,de": {"B"},
        "?near=52.5,13.4&radius=50": {"A"}, f"?within={far.pk}": {"B"}, "?availability=none": {"C"},
        "?q=cay": {"C"}, "?q=kuchen%20c": {"C"}, "?q=zeppelin": set(), "?ordering=name": {"A", "B", "C"},
    }.items():  # fmt: skip
        assert names(client, query) == expected, query


@pytest.mark.parametrize(
    "query",
    [
        "?skill=nonsense", "?sector=nonsense", "?language=xx", "?hub=nonsense", "?availability=soon", "?near=52,13",
        "?radius=5", "?near=52,13&radius=501", "?q=", "?q=%F0%9F%A6%9C", "?q=%00", "?ordering=rank", "?cursor=x",
        "?page=2",
        "?within=00000000-0000-4000-8000-000000000000", "?skill=law&skill=law", "?email=a@example.org", "?fields=name",
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(client: Client, query: str) -> None:
    make_terms()
    answer = client.get(f"{PEOPLE}{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_hub_of_which_nobody_keeps_count_finds_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform_apps.profiles.circles._known", {})
    [hub] = save_entries([make_entry(Kind.HUB)])
    make_person(visibility=public())
    assert names(client, f"?hub={hub.pk}") == set()


def test_pages_follow_each_other(client: Client) -> None:
    for number in range(7):
        make_person(first_name=f"P{number}", last_name="", visibility=public())
    for ordering in ("newest", "name"):
        seen: list[str] = []
        address = f"{PEOPLE}?page_size=3&ordering={ordering}"
        while address:
            answer = client.get(address).json()
            seen += [row["name"] for row in answer["results"]]
            address = answer["next"]
        assert sorted(seen) == [f"P{number}" for number in range(7)]
        assert seen == sorted(seen, reverse=ordering == "newest")


def test_what_is_kept_where(client: Client) -> None:
    ida = make_person(visibility=public())
    for address in (PEOPLE, f"{PEOPLE}{ida.pk}/"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert {"Cookie", "Authorization"} <= set(answer.headers["Vary"].split(", "))
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert member(ida).get(address).headers["Cache-Control"] == "private, no-store"
        browser = Client()
        browser.force_login(ida.user, backend="django.contrib.auth.backends.ModelBackend")
        assert browser.get(address).headers["Cache-Control"] == "private, no-store"
    assert member(ida).get(MINE).headers["Cache-Control"] == "private, no-store"


def test_who_is_gone_is_gone(client: Client) -> None:
    gone = make_person(is_active=False, visibility=public())
    assert client.get(f"{PEOPLE}{gone.pk}/").status_code == 404
    assert names(client) == set()


def test_ones_own_profile_can_be_changed() -> None:
    made, place = make_terms(), PlaceFactory()
    ida = make_person(first_name="Ida")
    client = member(ida)
    law = str(made["law"].translation_key)
    answer = client.patch(
        MINE,
        {"first_name": "Ada", "place": str(place.pk), "skills": [{"id": law, "level": 3}], "languages": ["de"],
         "about": "a\r\nb", "visibility": {"name": "everyone"}},
        content_type=JSON,
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    mine = answer.json()
    assert mine == client.get(MINE).json()
    assert (mine["first_name"], mine["name"], mine["about"]) == ("Ada", "Ada Kranz", "a\nb")
    assert mine["place"]["id"] == str(place.pk)
    assert [(one["id"], one["level"]) for one in mine["skills"]] == [(law, 3)]
    assert mine["visibility"]["name"] == "everyone"
    assert names(Client()) == {"Ada Kranz"}
    assert client.patch(MINE, {"place": None, "skills": []}, content_type=JSON).json()["place"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"email": "other@example.org"}, {"is_staff": True}, {"id": "x"}, {"user": 1}, {"avatar": "x"}, {"nonsense": 1},
        {"first_name": "<b>"}, {"first_name": None}, {"first_name": "a\nb"}, {"first_name": "", "last_name": ""},
        {"headline": "x" * 121}, {"about": "x" * 4001}, {"website": "javascript:alert(1)"}, {"website": "http://["},
        {"place": "00000000-0000-4000-8000-000000000000"}, {"place": "Berlin"}, {"languages": ["xx"]},
        {"languages": "de"},
        {"skills": [{"id": "00000000-0000-4000-8000-000000000000", "level": 1}]}, {"skills": [{"level": 1}]},
        {"skills": [{"id": "00000000-0000-4000-8000-000000000000", "level": 9}]}, {"sectors": [1, 2]},
        {"availability": "always"}, {"visibility": {"name": "friends"}}, {"visibility": {"email": "everyone"}},
        {"visibility": "everyone"}, [], "text", None, {"headline": {"a": 1}}, {"headline": "\ud800"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_and_changes_nothing(body: Any) -> None:
    ida = make_person(first_name="Ida", headline="As it was")
    client = member(ida)
    before = client.get(MINE).json()
    if isinstance(body, dict):
        body = {"about": "Something good"} | body
    answer = client.patch(MINE, body, content_type=JSON)
    assert answer.status_code == 400, answer.content
    assert client.get(MINE).json() == before


def test_the_picture_comes_and_goes() -> None:
    ida = make_person(visibility=public())
    client = member(ida)
    answer = client.generic("PUT", AVATAR, *_multipart(image_file().read()))
    assert answer.status_code == 200, answer.content
    avatar = answer.json()["avatar"]
    assert (avatar["width"], avatar["height"]) == (512, 512)
    assert avatar["url"].startswith("http://testserver/media/avatars/")
    assert Client().get(f"{PEOPLE}{ida.pk}/").json()["avatar"] == avatar
    assert client.delete(AVATAR).status_code == 204
    assert client.delete(AVATAR).status_code == 204
    assert client.get(MINE).json()["avatar"] is None


def _multipart(data: bytes, name: str = "file") -> tuple[bytes, str]:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="me.png"\r\nContent-Type: image/png\r\n\r\n'
    return head.encode() + data + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{}", JSON, 415),
        (b"", "multipart/form-data; boundary=x", 400),
        (b"nonsense", "multipart/form-data", 400),
        (*_multipart(b"no picture"), 400),
        (*_multipart(b""), 400),
        (*_multipart(image_file().read(), name="other"), 400),
        (image_file().read(), "image/png", 415),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, kind: str, status: int) -> None:
    ida = make_person()
    assert member(ida).generic("PUT", AVATAR, data, kind).status_code == status
    ida.refresh_from_db()
    assert not ida.avatar


def test_strangers_have_no_profile_and_sessions_need_a_token() -> None:
    for address in (MINE, AVATAR):
        for method in ("get", "patch", "put", "delete"):
            answer = getattr(Client(), method)(address, content_type=JSON)
            assert answer.status_code == 401, (address, method)
    ida = make_person()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ida.user, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(MINE).status_code == 200
    assert browser.patch(MINE, {"headline": "Forged"}, content_type=JSON).status_code == 403
    assert browser.delete(AVATAR).status_code == 403


def test_the_map_of_the_api_has_them() -> None:
    assert {"people/me/", "people/me/avatar/"} <= set(ACTIONS)


def test_many_people_are_read_in_few_queries(django_assert_max_num_queries: Any) -> None:
    made = make_terms()
    make_people(
        200, skills=[made["law"].translation_key], sectors=[made["energy"].translation_key], places=[PlaceFactory()]
    )
    client = member(make_person())
    client.get(f"{PEOPLE}?page_size=100")
    with django_assert_max_num_queries(8):
        assert len(client.get(f"{PEOPLE}?page_size=100").json()["results"]) > 50
