import io
import uuid

import pytest
import segno

from cms.directory.models import Entry
from cms.sharing.codes import short_code
from cms.sharing.selectors import path_behind
from tests.factories.directory import NOON, make_entry, save_entries
from tests.pages import add_projects
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", SOURCE), ("de-AT,de;q=0.9,en;q=0.5", TARGET), ("fr,de;q=0.2", TARGET), ("fr", SOURCE), ("*;q=,,;", SOURCE)],
)
def test_a_short_link_leads_to_the_page_in_the_visitor_s_language(client, network, accepted, language):
    answer = client.get(f"/s/{short_code(network.project.translation_key)}", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.headers["Location"]) == (302, network.urls(network.project)[language])
    assert "Accept-Language" in answer.headers["Vary"]
    assert "max-age=300" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_a_cookie_changes_nothing(client, network):
    client.cookies["django_language"] = TARGET
    answer = client.get(f"/s/{short_code(network.project.translation_key)}", headers={"Accept-Language": SOURCE})
    assert answer.headers["Location"] == network.urls(network.project)[SOURCE]


def test_without_a_translation_it_leads_to_the_page_in_the_reader_s_frame(client, network):
    project = add_projects(network, 1)[0]
    answer = client.get(f"/s/{short_code(project.translation_key)}", headers={"Accept-Language": TARGET})
    assert answer.headers["Location"].startswith(f"/{TARGET}/")
    assert client.get(answer.headers["Location"]).status_code == 200


def test_what_is_not_public_has_no_link(client, network):
    for state in ("draft", "in_review", "archived"):
        entry = save_entries([make_entry(state=state)])[0]
        for rest in ("", "/qr.svg"):
            assert client.get(f"/s/{short_code(entry.pk)}{rest}").status_code == 404
    for code in ("x", "0" * 11, "z" * 11, "1" * 11, "a" * 12, "-" * 11):
        assert client.get(f"/s/{code}").status_code == 404
        assert client.get(f"/s/{code}/qr.svg").status_code == 404


def test_of_two_with_one_code_the_first_published_keeps_it(db):
    start = uuid.uuid4().int >> 64 << 64
    later, first = (uuid.UUID(int=start + number) for number in (1, 2))
    save_entries([make_entry(id=later, published_at=NOON.replace(year=2027)), make_entry(id=first, published_at=NOON)])
    assert short_code(later) == short_code(first)
    assert path_behind(short_code(first), [SOURCE]) == Entry.objects.get(pk=first).paths[SOURCE]


def test_the_qr_code_holds_the_short_link(client, network):
    code = short_code(network.project.translation_key)
    answer = client.get(f"/s/{code}/qr.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "public" in answer.headers["Cache-Control"]
    expected = io.BytesIO()
    made = segno.make_qr(f"http://testserver/s/{code}", error="q")
    made.save(expected, kind="svg", scale=8, dark="#12302a", light="#ffffff")
    assert answer.content == expected.getvalue()
    assert segno.make_qr("http://testserver/s/other", error="q").matrix != made.matrix
    assert b"<script" not in answer.content
