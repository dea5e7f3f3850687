"""What every endpoint for members has from its base: it refuses what it does not know and leaves nothing behind."""

from typing import Any, ClassVar

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path
from rest_framework import serializers

from cms.core.refusals import ConflictError, require
from config.urls import urlpatterns as site_urls
from platform_apps.core.api.fields import LineField, StrictSerializer, TextField
from platform_apps.core.api.views import MemberView, Operation
from platform_apps.core.models import KeptAnswer, OutgoingMail

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class NoteInput(StrictSerializer):
    """A note."""

    title = LineField(max_length=20)
    text = TextField(max_length=100, required=False)
    fate = serializers.ChoiceField(["refused", "conflict"], required=False)


class NoteSerializer(serializers.Serializer):
    """A note as it is shown."""

    number = serializers.IntegerField()


class NotesView(MemberView):
    """Keeps notes as users, for want of a simpler model."""

    tag = "notes"
    operations: ClassVar[dict[str, Operation]] = {
        "get": Operation("notes_list", "Lists notes.", answer=NoteSerializer),
        "post": Operation("notes_add", "Adds a note.", input=NoteInput, answer=NoteSerializer, status=201),
        "delete": Operation("notes_clear", "Clears.", status=204),
    }

    def do_get(self) -> Any:
        return {"number": written()}

    def do_post(self) -> Any:
        OutgoingMail.objects.create(to="a@example.org", subject=self.input["title"], due_at="2026-01-01T00:00Z")
        require(self.input.get("fate") != "refused", "Not you.")
        if self.input.get("fate") == "conflict":
            message = "Taken."
            raise ConflictError(message)
        return {"number": written()}

    def do_delete(self) -> None:
        OutgoingMail.objects.all().delete()


urlpatterns = [path("api/v1/notes/", NotesView.as_view()), *site_urls]


def written() -> int:
    return OutgoingMail.objects.count()


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(
        get_user_model().objects.create_user("ana@example.org"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def post(client: Client, data: Any, **headers: str) -> Any:
    return client.post("/api/v1/notes/", data, content_type="application/json", headers=headers)


def test_strangers_are_asked_who_they_are(client: Client) -> None:
    answer = post(client, {"title": "Hello"})
    assert (answer.status_code, written()) == (401, 0)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_write_answers_what_it_made_and_is_kept_by_nobody(member: Client) -> None:
    answer = post(member, {"title": "Hello"})
    assert (answer.status_code, answer.json()) == (201, {"number": 1})
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert member.get("/api/v1/notes/").headers["Cache-Control"] == "private, no-store"
    gone = member.delete("/api/v1/notes/")
    assert (gone.status_code, gone.content, written()) == (204, b"", 0)


def test_a_session_writes_with_a_token_only(member: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = member.cookies
    assert (post(strict, {"title": "Hello"}).status_code, written()) == (403, 0)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"title": "Hello", "titel": "x"}, "titel"),
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "x" * 21}, "title"),
        ({"title": "a\r\nBcc: all@example.org"}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "\u202eolleh"}, "title"),
        ({"title": {"a": 1}}, "title"),
        ({"title": "Hello", "text": "\x08"}, "text"),
        (["title"], "non_field_errors"),
    ],
)
def test_what_is_wrong_is_named_and_changes_nothing(member: Client, data: Any, field: str) -> None:
    answer = post(member, data)
    assert (answer.status_code, written()) == (400, 0)
    assert field in answer.json()["errors"]


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"title": NaN}', b"\xff", b'{"title": 1e999}'])
def test_what_is_no_json_is_refused(member: Client, body: bytes) -> None:
    assert (member.post("/api/v1/notes/", body, content_type="application/json").status_code, written()) == (400, 0)


def test_other_types_and_other_parameters_are_refused(member: Client) -> None:
    assert member.post("/api/v1/notes/", {"title": "Hello"}).status_code == 415
    answer = member.post("/api/v1/notes/?x=1", {"title": "Hello"}, content_type="application/json")
    assert (answer.status_code, written()) == (400, 0)
    assert member.put("/api/v1/notes/", {}, content_type="application/json").status_code == 405


@pytest.mark.parametrize(("fate", "status", "detail"), [("refused", 403, "Not you."), ("conflict", 409, "Taken.")])
def test_what_a_use_case_refuses_leaves_nothing(member: Client, fate: str, status: int, detail: str) -> None:
    answer = post(member, {"title": "Hello", "fate": fate}, **{"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["detail"]) == (status, detail)
    assert (written(), KeptAnswer.objects.count()) == (0, 0)


def test_sent_twice_with_a_key_is_done_once(member: Client) -> None:
    first = post(member, {"title": "Hello"}, **{"Idempotency-Key": "k"})
    again = post(member, {"title": "Hello"}, **{"Idempotency-Key": "k"})
    assert (again.status_code, again.content, written()) == (201, first.content, 1)
    other = post(member, {"title": "Goodbye"}, **{"Idempotency-Key": "k"})
    assert (other.status_code, written()) == (422, 1)
    assert post(member, {"title": "Hello"}).json() == {"number": 2}


def test_a_key_that_is_none_is_refused(member: Client) -> None:
    assert post(member, {"title": "Hello"}, **{"Idempotency-Key": "k" * 101}).status_code == 400
    assert written() == 0


def test_a_refusal_without_words_says_what_the_status_says() -> None:
    with pytest.raises(PermissionDenied):
        require(False)
    require(True)
