"""The OpenAPI document and its pages."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from config.api import ACTIONS, BELOW_LISTS, LONE_READS, READS

STATUSES = {"200", "304", "400", "401", "404", "405", "406", "429"}
# What a write can be refused with beyond a read.
REFUSALS = {"400", "401", "403", "404", "405", "406", "409", "415", "422", "429"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return Client().get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()


def test_it_is_made_without_a_warning(tmp_path: Any, capsys: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert "Warning" not in capsys.readouterr().err


def test_it_lists_everything_that_there_is_and_nothing_else(document: dict[str, Any]) -> None:
    expected = {f"/api/v1/{name}/" for name in READS} | {f"/api/v1/{name}/{{id}}/" for name in READS}
    expected |= {f"/api/v1/{name}/" for name in LONE_READS}
    expected |= {f"/api/v1/{name}/{end}/" for end, views in BELOW_LISTS.items() for name in views}
    expected |= {f"/api/v1/{address}" for address in ACTIONS}
    assert set(document["paths"]) == expected


def test_each_action_tells_everything(document: dict[str, Any]) -> None:
    for address, view in ACTIONS.items():
        operations = document["paths"][f"/api/v1/{address}"]
        assert set(operations) == set(view.operations), address
        for method, operation in operations.items():
            declared = view.operations[method]
            refusals = REFUSALS - {"409", "415", "422"} | {"304"} if method == "get" else REFUSALS
            assert set(operation["responses"]) == {str(int(declared.status))} | refusals, (address, method)
            assert ("requestBody" in operation) == (declared.input is not None), (address, method)
            assert operation["description"]


def test_each_read_tells_everything(document: dict[str, Any]) -> None:
    actions = {f"/api/v1/{address}" for address in ACTIONS}
    for path, operations in document["paths"].items():
        if path in actions:
            continue
        operation = operations["get"]
        assert set(operation["responses"]) == STATUSES, path
        assert all(parameter["description"] for parameter in operation["parameters"] if parameter["in"] == "query")
        for status in STATUSES - {"200", "304"}:
            assert list(operation["responses"][status]["content"]) == ["application/problem+json"]
        assert "Retry-After" in operation["responses"]["429"]["headers"]
        assert {"lang", "Accept-Language", "If-None-Match"} <= {one["name"] for one in operation["parameters"]}


def test_parameters_of_the_document_are_those_of_the_views(document: dict[str, Any]) -> None:
    for name, views in READS.items():
        for path, view in zip((f"/api/v1/{name}/", f"/api/v1/{name}/{{id}}/"), views, strict=True):
            told = {one["name"] for one in document["paths"][path]["get"]["parameters"] if one["in"] == "query"}
            assert told == set(view.parameters)
    for name, view in LONE_READS.items():
        told = {
            one["name"] for one in document["paths"][f"/api/v1/{name}/"]["get"]["parameters"] if one["in"] == "query"
        }
        assert told == set(view.parameters)


def test_interactive_pages_need_nothing_from_elsewhere_and_no_inline_script(client: Client, db: None) -> None:
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    html = page.content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"\son\w+=", html)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert addresses
    assert all(address.startswith("/") for address in addresses), addresses
    for address in addresses:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200, address
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["?lang=xx", "?lang=%00", "?foo=1", "?lang=en&lang=de", "?version=" + "1" * 300])
def test_bad_queries_of_the_document(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/schema/{query}").status_code == 400


@pytest.mark.parametrize("query", ["?lang=xx", "?lang=%00", "?foo=1"])
def test_bad_queries_of_the_pages(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/docs/{query}").status_code == 400
