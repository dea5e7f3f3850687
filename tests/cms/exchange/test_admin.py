"""The same import by the admin: who may, what they see, what happens when they agree."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.exchange import runs
from cms.exchange.enums import RunState
from cms.exchange.models import ImportRun
from cms.projects.models import ProjectPage
from tests.cms.editorial.conftest import user, visit, world  # noqa: F401 (fixtures)
from tests.worlds import ROLES

MAY = {"editor", "operator"}
TEXT = "key,title,summary,start\na,Alpha,S.,2026-01-01\nb,Beta,S.,tomorrow\n"


@pytest.fixture
def desk(visit: Any) -> Client:  # noqa: F811
    return visit("editor")


@pytest.fixture
def upload(desk: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Return a function that uploads a file, lets its task run, and returns the run."""

    def send(text: str | bytes, name: str = "rows.csv", kind: str = "project") -> ImportRun:
        data = text.encode() if isinstance(text, str) else text
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(
                reverse("exchange_upload"), {"file": SimpleUploadedFile(name, data), "kind": kind, "language": "en"}
            )
        assert answer.status_code == 302, answer.context["form"].errors
        return ImportRun.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])

    return send


@pytest.mark.parametrize("role", [role for role in ROLES if role != "inactive"])
def test_only_editors_of_the_whole_site_import(visit: Any, role: str) -> None:  # noqa: F811
    run = ImportRun.objects.create(name="x.csv", language="en", reader_language="en", state=RunState.CHECKED)
    client = visit(role)
    addresses = [
        reverse("exchange_upload"),
        *(reverse(name, args=[run.pk]) for name in ("exchange_run", "exchange_report")),
    ]
    for address in addresses:
        assert (client.get(address).status_code == 200) is (role in MAY), address
    assert ("/admin/import/" in client.get("/admin/", follow=True).content.decode()) is (role in MAY)
    if role not in MAY:
        client.post(reverse("exchange_run", args=[run.pk]))
        client.post(reverse("exchange_upload"), {"file": SimpleUploadedFile("a.csv", b"key\na\n"), "language": "en"})
    run.refresh_from_db()
    assert (run.state, ImportRun.objects.count()) == (RunState.CHECKED, 1)


def test_a_stranger_signs_in_first(world: Any, client: Client, db: None) -> None:  # noqa: F811
    assert client.get(reverse("exchange_upload")).status_code == 302


def test_a_file_is_looked_at_then_written(desk: Client, upload: Any, django_capture_on_commit_callbacks: Any) -> None:
    run = upload(TEXT)
    assert (run.state, run.total) == (RunState.CHECKED, 2)
    assert not ProjectPage.objects.filter(title="Alpha").exists()
    page = desk.get(reverse("exchange_run", args=[run.pk])).content.decode()
    assert "Nothing has changed yet" in page
    assert "«tomorrow» is no date" in page
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert desk.post(reverse("exchange_run", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    assert (run.state, run.position, bytes(run.data)) == (RunState.DONE, 2, b"")
    assert ProjectPage.objects.get(title="Alpha").owner == run.user
    report = desk.get(reverse("exchange_report", args=[run.pk])).json()
    assert report["counts"] == {"created": 1, "changed": 0, "unchanged": 0, "wrong": 1}
    wrong = desk.get(reverse("exchange_run", args=[run.pk]), {"outcome": "wrong"}).content.decode()
    assert "Beta" in wrong
    assert "Alpha" not in wrong


def test_an_import_goes_on_where_a_piece_ended(upload: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = upload("key,title,summary\n" + "".join(f"r{number},Row {number},S.\n" for number in range(3)))
    monkeypatch.setattr(runs, "PIECE_SECONDS", 0)
    assert runs.confirm_run(run_id=run.pk)
    assert runs.write_piece(run_id=run.pk, position=0) == 1
    # The same piece delivered a second time changes nothing.
    assert runs.write_piece(run_id=run.pk, position=0) is None
    assert runs.write_piece(run_id=run.pk, position=1) == 2
    assert runs.write_piece(run_id=run.pk, position=2) is None
    run.refresh_from_db()
    assert [row["key"] for row in run.results] == ["r0", "r1", "r2"]
    assert run.state == RunState.DONE


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x00\x01", "rows.xlsx", "not an XLSX"),
        (b"title\nA\n", "rows.csv", "is missing"),
        (b"key,color\na,b\n", "rows.csv", "color"),
        (b"key\n" + b"x\n" * 2_001, "rows.csv", "import_content"),
        (b"[{}]", "rows.json", "empty"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(desk: Client, upload: Any, data: bytes, name: str, words: str) -> None:
    run = upload(data, name)
    assert (run.state, bytes(run.data)) == (RunState.REFUSED, b"")
    assert words in desk.get(reverse("exchange_run", args=[run.pk])).content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "required"),
        (SimpleUploadedFile("a.pdf", b"x"), "must end in"),
        (SimpleUploadedFile("a.csv", b""), "empty"),
        (SimpleUploadedFile("a.csv", b"x" * (runs.MOST_BYTES + 1)), "too big"),
    ],
)
def test_a_bad_upload_is_an_error_beside_the_field(desk: Client, file: Any, words: str) -> None:
    data = {"kind": "project", "language": "en"} | ({"file": file} if file else {})
    answer = desk.post(reverse("exchange_upload"), data)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_the_page_of_an_import_costs_the_same_for_every_row(desk: Client, upload: Any) -> None:
    counts = []
    for number in (1, 120):
        run = upload("key,title,summary\n" + "".join(f"r{row},Row {row},S.\n" for row in range(number)))
        address = reverse("exchange_run", args=[run.pk])
        desk.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = desk.get(address)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Page 1 of 3" in answer.content.decode()


def test_an_import_that_does_not_exist_is_not_found(desk: Client) -> None:
    run_id = "00000000-0000-4000-8000-000000000000"
    for name in ("exchange_run", "exchange_report"):
        assert desk.get(reverse(name, args=[run_id])).status_code == 404


def test_pages_of_the_import_hold_no_script_of_their_own(desk: Client, upload: Any) -> None:
    run = upload(TEXT)
    for address in (reverse("exchange_upload"), reverse("exchange_run", args=[run.pk])):
        answer = desk.get(address)
        assert "script-src 'self';" in answer["Content-Security-Policy"]
        content = answer.content.decode().partition("<main")[2]
        assert "<script" not in content.partition("</main>")[0]
        assert not re.search(r"\son[a-z]+=", content)
