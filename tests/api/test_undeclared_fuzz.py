"""What the document does not declare, and schemathesis never sends: foreign parameters, headers, methods, bodies."""

import os
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from config.api import LONE_READS, READS
from tests.actions import action_paths
from tests.factories.directory import Directory
from tests.factories.memberships import make_person

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "25"))
DOCUMENTED = {200, 304, 400, 401, 404, 405, 406, 429}
# Members write, with a session's cookie as well: refused without a token, or when what was sent is no JSON.
OF_MEMBERS = DOCUMENTED | {201, 204, 403, 409, 415, 422}
NAMES = sorted(
    {name for views in READS.values() for view in views for name in view.parameters}
    | {name for view in LONE_READS.values() for name in view.parameters}
    | {"page", "limit", "offset", "format", "id", "q", "search", "fields", "min", "sort", "callback", "_method", "[]"}
)
VALUES = [
    "", "abc", "-1", "1" + "0" * 400, "[]", "{}", "[" * 2000, "x" * 20_000, "\x00", "\u202e", "\u200b",
    "../..", "' OR 1=1 --",
    "{{7*7}}", "null", "true", "NaN", "1e400", "0x10", "%", "_", "\\", "\r\nX: y", "٣", "🦜", "52,13", "90.0,180.0",
]  # fmt: skip
RAW = ["%00", "%ff", "%c0%80", "%ed%a0%80", "%", "%%", "%u0041", "+", "&", "=", ";", "#", "?"]
HEADERS = [
    "Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Content-Type", "Cookie", "If-None-Match",
    "If-Match", "If-Modified-Since", "Range", "X-Forwarded-For", "X-Forwarded-Host", "X-HTTP-Method-Override", "Origin",
    "Referer", "HX-Request", "X-Requested-With", "Content-Length-X",
]  # fmt: skip
HEADER_VALUES = [
    "", "*", "*/*", "text/html", "application/json;q=abc", "a" * 5000, "de;q=2", "Bearer x", "Bearer", "Basic Og==",
    '"', "W/", '"a", *', "bytes=0-1", "\xff", "sessionid=x; csrftoken=y", "multipart/form-data", "1;2;3", "-", ",,,",
    "application/json; charset=nonsense", "DELETE", "Wed, 99 Foo 2026",
]  # fmt: skip
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get", "FOO"]
BODIES = [b"", b"{", b"[" * 5000, b'{"a": 1e999}', b"\xff\xfe", b"a=b", b"x" * 100_000, b"null"]
TYPES = ["application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data", "", "a/b", "\xff"]

parameters = st.lists(
    st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), st.sampled_from(VALUES) | st.text(max_size=30)), max_size=4
)
headers = st.dictionaries(
    st.sampled_from(HEADERS),
    st.sampled_from(HEADER_VALUES) | st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40),
    max_size=3,
)


@pytest.fixture(scope="module")
def paths(directory: Directory) -> list[str]:
    found = [f"/api/v1/{name}/" for name in [*READS, *LONE_READS]] + [
        "/api/v1/schema/",
        "/api/v1/docs/",
        "/api/v1/",
        "/api/v1/nothing/",
    ]
    for kind, entries in directory.entries.items():
        found += [f"/api/v1/{kind}s/{entries[0].pk}/", f"/api/v1/stories/{entries[0].pk}/"]
    return [
        *found,
        f"/api/v1/places/{directory.places[0].pk}/",
        "/api/v1/hubs/1/",
        "/api/v1/hubs/%00/",
        "/api/v1/hubs/%0A/",
        "/api/v1/hubs",
    ]


def _query(pairs: list[tuple[str, str]], raw: str) -> str:
    encoded = "&".join(f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in pairs)
    return f"{encoded}{raw}"


@given(data=st.data())
@settings(max_examples=EXAMPLES * 5)
def test_undeclared_input(paths: list[str], db: None, data: Any) -> None:
    path = data.draw(st.sampled_from(paths), "path")
    query = _query(data.draw(parameters, "parameters"), data.draw(st.sampled_from(["", "", *RAW]), "raw"))
    answer = Client(raise_request_exception=False).generic(
        data.draw(st.sampled_from(["GET", "GET", "GET", *METHODS]), "method"),
        path,
        data.draw(st.sampled_from(BODIES), "body"),
        data.draw(st.sampled_from(TYPES), "content type"),
        headers=data.draw(headers, "headers"),
        QUERY_STRING=query,
    )
    assert answer.status_code in DOCUMENTED, (answer.status_code, answer.content[:500])
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        if answer.content:
            assert answer.json()["status"] == answer.status_code


@given(data=st.data())
@settings(max_examples=EXAMPLES * 2)
def test_undeclared_input_of_members(directory: Directory, db: None, data: Any) -> None:
    path = data.draw(st.sampled_from(sorted(action_paths())), "path")
    key = str(directory.public("organization")[0].pk)
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if data.draw(st.booleans(), "signed in"):
            client.force_login(make_person(), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.generic(
            data.draw(st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", *METHODS]), "method"),
            path.replace("{id}", key),
            data.draw(st.sampled_from(BODIES), "body"),
            data.draw(st.sampled_from(["application/json", "application/json", *TYPES]), "content type"),
            headers=data.draw(headers, "headers"),
            QUERY_STRING=_query(data.draw(parameters, "parameters"), data.draw(st.sampled_from(["", "", *RAW]), "raw")),
        )
        transaction.set_rollback(True)
    assert answer.status_code in OF_MEMBERS, (answer.status_code, answer.content[:500])
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_every_parameter_of_any_list_is_refused_by_those_that_lack_it(directory: Directory, client: Client) -> None:
    for name, (view, _detail) in READS.items():
        for parameter in set(NAMES) - set(view.parameters):
            answer = client.get(f"/api/v1/{name}/", {parameter: "abc"})
            assert answer.status_code == 400, (name, parameter)
            assert answer.json()["errors"].keys() == {parameter}
