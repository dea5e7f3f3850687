"""ETags, Cache-Control, and the language of an answer."""

from typing import Any

import pytest
from django.test import Client

from cms.directory.enums import Kind
from cms.directory.models import EntryText
from tests.factories.directory import Directory

ADDRESSES = ["projects/", "hubs/?ordering=newest", "places/", "sectors/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_the_client_has_is_not_sent_again(directory: Directory, client: Client, address: str) -> None:
    first = client.get(f"/api/v1/{address}")
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(f"/api/v1/{address}", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Accept-Language" in again.headers["Vary"]
    for unknown in ('"other"', "nonsense", "", '"', tag[1:-1]):
        assert client.get(f"/api/v1/{address}", headers={"If-None-Match": unknown}).status_code == 200


def test_the_tag_changes_with_the_answer(directory: Directory, client: Client) -> None:
    tag = client.get("/api/v1/projects/").headers["ETag"]
    assert client.get("/api/v1/projects/?lang=de").headers["ETag"] != tag
    EntryText.objects.filter(entry__kind=Kind.PROJECT).update(title="Renamed")
    assert client.get("/api/v1/projects/", headers={"If-None-Match": tag}).status_code == 200


def test_only_anonymous_answers_may_be_shared(directory: Directory, client: Client, settings: Any) -> None:
    assert client.get("/api/v1/projects/").headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/api/v1/projects/?foo=1").headers["Cache-Control"] == "no-store"
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert client.get("/api/v1/projects/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ({}, "", "en"),
        ({}, "de", "de"),
        ({}, "de-AT,de;q=0.9,en;q=0.1", "de"),
        ({}, "fr, de;q=0.5", "de"),
        ({}, "fr", "en"),
        ({}, "*", "en"),
        ({}, "de;q=rubbish, \x80", "en"),
        ({"lang": "de"}, "en", "de"),
        ({"lang": "en"}, "de", "en"),
    ],
)
def test_language(directory: Directory, client: Client, query: dict[str, str], accepted: str, language: str) -> None:
    headers = {"Accept-Language": accepted} if accepted else {}
    answer = client.get("/api/v1/projects/", query | {"page_size": "100"}, headers=headers)
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    languages = {row["language"] for row in answer.json()["results"] if language in row["languages"]}
    assert languages == {language}


def test_problems_speak_the_language_too(directory: Directory, client: Client) -> None:
    answer = client.get("/api/v1/projects/?foo=1&lang=de")
    assert answer.headers["Content-Language"] == "de"
