"""What no list accepts: always a problem that names the parameter, never everything."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cms.directory.enums import Kind, State
from cms.directory.models import EntryText
from tests.factories.directory import Directory, make_entry, save_entries

# Fixed, since every process of the suite must collect the same tests.
NOBODY = "5f0c2a5e-6a0b-4f6e-9d0e-0d6a5e2f7c11"

LISTS = ["hubs", "organizations", "projects", "stories"]
HUGE = "9" * 5000
BAD_EVERYWHERE = [
    ("page_size", "0"), ("page_size", "101"), ("page_size", "-1"), ("page_size", "1000000000"), ("page_size", "abc"),
    ("page_size", ""), ("page_size", "1.5"), ("page_size", "٣"), ("page_size", HUGE), ("page_size", "1e1"),
    ("cursor", "abc"), ("cursor", ""), ("cursor", "W10.x"), ("cursor", "A" * 10_000), ("cursor", "ä"),
    ("lang", "xx"), ("lang", "EN"), ("lang", ""), ("lang", "en-us"), ("lang", "../en"),
    ("unknown", "1"), ("", "1"), ("Ordering", "rank"), ("page", "2"), ("limit", "5"), ("format", "api"),
]  # fmt: skip
BAD_FOR_ENTRIES = [
    ("near", "200,13"), ("near", "-90.1,0"), ("near", "52,181"), ("near", "52"), ("near", "52,13,1"),
    ("near", "nan,nan"),
    ("near", "inf,1"), ("near", "1e1,2"), ("near", "52.5;13.4"), ("near", "52.5,13.4"*200), ("near", ","),
    ("radius", "10"), ("ordering", "distance"), ("ordering", "random"), ("ordering", "-rank"),
    ("ordering", "rank,title"),
    ("sector", "no-such"), ("sector", "a b"), ("sector", "x" * 300), ("sector", NOBODY), ("sector", "crafts"),
    ("language", "fr"), ("language", "de-at"), ("within", "abc"), ("within", NOBODY), ("within", "1"),
]  # fmt: skip
BAD_FOR_PROJECTS = [
    ("hub", "no-such"), ("hub", NOBODY), ("hub", "1"), ("hub", "x" * 256), ("hub", "a/b"), ("hub", "'; --"),
    ("organization", "no-such"), ("organization", NOBODY), ("parent", NOBODY), ("skill", "energy"),
    ("status", "no-such"), ("online", "yes"), ("online", "1"), ("open", "True"), ("open", ""), ("type", "club"),
]  # fmt: skip
BAD_RADIUS = ["-1", "0", "500.1", "abc", "nan", "inf", "1e2", HUGE, ""]


@pytest.mark.parametrize(("name", "value"), BAD_EVERYWHERE + BAD_FOR_ENTRIES)
def test_bad_values_are_named(directory: Directory, ask: Any, name: str, value: str) -> None:
    for path in LISTS:
        problem = ask(path, {name: value}, status=400)
        assert (problem["status"], problem["title"]) == (400, "Bad Request")
        assert problem["errors"].keys() == {name}
        assert problem["detail"]


@pytest.mark.parametrize(("name", "value"), BAD_EVERYWHERE)
def test_places_refuse_the_same(ask: Any, name: str, value: str) -> None:
    assert ask("places", {name: value}, status=400)["errors"].keys() == {name}


@pytest.mark.parametrize(("name", "value"), BAD_FOR_PROJECTS)
def test_bad_values_of_projects_are_named(directory: Directory, ask: Any, name: str, value: str) -> None:
    assert ask("projects", {name: value}, status=400)["errors"].keys() == {name}


@pytest.mark.parametrize("radius", BAD_RADIUS)
def test_bad_radius(directory: Directory, ask: Any, radius: str) -> None:
    assert ask("projects", {"near": "52,13", "radius": radius}, status=400)["errors"].keys() == {"radius"}


def test_near_without_radius_orders_by_distance_only(directory: Directory, ask: Any) -> None:
    assert ask("projects", {"near": "52,13", "ordering": "rank"}, status=400)["errors"].keys() == {"near"}


def test_everything_that_is_wrong_is_named_at_once(directory: Directory, ask: Any) -> None:
    problem = ask("projects", {"page_size": "0", "lang": "xx", "foo": "bar", "open": "true"}, status=400)
    assert problem["errors"].keys() == {"page_size", "lang", "foo"}


def test_a_parameter_given_twice(directory: Directory, ask: Any) -> None:
    assert ask("projects", {"open": ["true", "false"]}, status=400)["errors"].keys() == {"open"}
    assert ask("projects", {"sector": ["food", "food"]}, status=400)["errors"].keys() == {"sector"}


@pytest.mark.parametrize("query", ["hub=%00", "a=a%00b", "%00=1", "hub=%ff", "hub=%c0%af", "hub=%ed%a0%80"])
def test_bytes_that_are_not_text(client: Client, db: None, query: str) -> None:
    answer = client.get(f"/api/v1/projects/?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_ten_thousand_parameters(client: Client, db: None) -> None:
    answer = client.get("/api/v1/projects/?" + "&".join(f"a{number}=1" for number in range(10_100)))
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_what_is_not_public_exists_in_no_filter(directory: Directory, ask: Any, state: str) -> None:
    hub, organization = make_entry(Kind.HUB, state=state), make_entry(Kind.ORGANIZATION, state=state)
    save_entries([hub, organization])
    for name, (entry, texts) in (("hub", hub), ("organization", organization)):
        for value in (str(entry.id), texts[0].slug):
            assert ask("projects", {name: value}, status=400)["errors"].keys() == {name}


def test_an_id_of_another_kind_is_unknown(directory: Directory, ask: Any) -> None:
    project = directory.public(Kind.PROJECT)[0]
    assert ask("projects", {"hub": str(project.id)}, status=400)["errors"].keys() == {"hub"}


def test_a_slug_that_several_have_is_refused(directory: Directory, ask: Any) -> None:
    hubs = directory.public(Kind.HUB)[:2]
    EntryText.objects.filter(entry__in=hubs).update(slug="energy")
    assert ask("projects", {"hub": "energy"}, status=400)["errors"].keys() == {"hub"}
    ask("projects", {"hub": str(hubs[0].id)})


@pytest.mark.parametrize("path", ["hubs", "organizations", "projects", "stories", "places", "sectors", "skills"])
def test_ids_that_are_none(ask: Any, db: None, path: str) -> None:
    for key in (str(uuid4()), "1", "abc", "../1", "%0A", "%0d%0a\u00e4", "0" * 5000):
        problem = ask(f"{path}/{key}", status=404)
        assert problem["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_other_methods(client: Client, db: None, method: str) -> None:
    answer = getattr(client, method)("/api/v1/projects/")
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_head_and_options(directory: Directory, client: Client) -> None:
    head, get = client.head("/api/v1/projects/"), client.get("/api/v1/projects/")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", get.headers["ETag"])
    assert client.options("/api/v1/projects/").status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_only_json(client: Client, db: None, accept: str) -> None:
    answer = client.get("/api/v1/projects/", headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_bad_token_is_a_problem(ask: Any, db: None) -> None:
    assert ask("projects", status=401, Authorization="Bearer nonsense")["status"] == 401
