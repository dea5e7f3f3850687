"""A client that holds an answer is told so without the answer being made again, and never wrongly."""

from typing import Any

import pytest
from django.test import Client

from cms.core.models import SiteChange
from cms.core.page_cache.answers import answers
from cms.core.page_cache.version import forget_version
from cms.directory.enums import Kind
from tests.factories.directory import Directory

ADDRESS = "/api/v1/projects/?page_size=5"


@pytest.fixture(autouse=True)
def _versions(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGE_CACHE_ENABLED = True
    monkeypatch.setattr("cms.core.page_cache.version.CHECK_SECONDS", 0)
    forget_version()
    answers.clear()


def test_it_costs_one_query(directory: Directory, client: Client, django_assert_num_queries: Any) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    with django_assert_num_queries(1):
        again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == "public, max-age=60"
    assert "Content-Type" not in again.headers
    assert client.get(ADDRESS, headers={"If-None-Match": '"another"'}).status_code == 200


def test_a_change_is_seen(directory: Directory, client: Client) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    entry = directory.public(Kind.PROJECT)[0]
    entry.rank = 10_000
    entry.save()
    SiteChange.objects.create()  # a transaction notes its change once, and the module's world has done so
    changed = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_each_question_has_a_tag_of_its_own(directory: Directory, client: Client, settings: Any) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    known = {"If-None-Match": tag}
    assert client.get(f"{ADDRESS}&open=true", headers=known).status_code == 200
    assert client.get(f"{ADDRESS}&lang=de", headers=known).status_code == 200
    assert client.get(ADDRESS, headers=known | {"Accept-Language": "de"}).status_code == 200
    assert client.get(ADDRESS, headers=known | {"Host": "localhost"}).status_code == 200


def test_who_says_who_they_are_gets_a_fresh_answer(directory: Directory, client: Client, settings: Any) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    answer = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_wrong_question_is_wrong_whatever_one_holds(directory: Directory, client: Client) -> None:
    assert client.get(f"{ADDRESS}&nonsense=1", headers={"If-None-Match": "*"}).status_code == 400


def test_facets_are_counted_once(directory: Directory, client: Client, django_assert_num_queries: Any) -> None:
    address = "/api/v1/projects/facets/?open=true"
    first = client.get(address).json()
    # The version for the tag and for the counts, the terms, the names of hubs; no counting.
    with django_assert_num_queries(4):
        assert client.get(address).json() == first
    SiteChange.objects.create()
    with django_assert_num_queries(5):
        assert client.get(address).json() == first


def test_facets_of_another_part_of_the_map_are_counted_anew(directory: Directory, client: Client) -> None:
    address = "/api/v1/projects/facets/?bbox="
    everywhere, nowhere = (client.get(address + box).json() for box in ("-180,-90,180,90", "-1,-90,1,-89"))
    assert everywhere["total"] > nowhere["total"] == 0
