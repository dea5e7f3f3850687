"""No address of the site, whoever asks and however oddly, answers with a fault of ours (5xx)."""

import traceback
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.config.addresses import Route, existing, hostile, routes
from tests.config.things import ROLES, Things

pytestmark = pytest.mark.django_db

BODIES = [
    {},
    {"data": b"\xff\xfe\x00{[", "content_type": "application/json"},
    {"data": b"%ff%00&=&a&id=%C0%AF", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"x", "content_type": "multipart/form-data; charset=nonsense"},
]
# What lists, choosers, filters and sign-in read from the query, all wrong at once.
QUERY = (
    "page=abc&p=-1&next=http://[&locale=xx&id=abc&ids=1,x&ordering=nope&order=&collection_id=abc&parent_page_id=abc"
    "&page_type=x.y&q=%F0%9F%A6%9C&search=%27%22&date_from=abc&created_at_from=9999999&root_page=x&limit=-1&offset=x"
    "&child_of=x&fields=*,nope(&filter[name]=x&hub=abc&sector=abc&usage=x&selected=x&tag=%3C&lookup=x&chooser=1&sent=1"
)
NEXT = [
    "http://[", "//evil.example", "javascript:alert(1)", "http:///evil.example", "/\\evil.example", "x" * 5000,
    "\r\nX: y", "https://evil.example/en/", "///evil.example", "/%0d%0aX: y",
]  # fmt: skip


class UndoError(Exception):
    """Takes back what a request has changed."""


def ask(client: Client, method: str, address: str, **extra: Any) -> str:
    """Send one request and take back what it did. Returns a complaint, or "" when it was answered properly."""
    answer: Any = None
    try:
        with transaction.atomic():
            answer = client.generic(method, address, **extra)
            raise UndoError
    except UndoError:
        pass
    if answer.status_code < 500:
        return ""
    fault = answer.exc_info
    where = traceback.extract_tb(fault[2])[-1] if fault else ""
    return f"{method} {address[:150]} {answer.status_code} {fault and fault[1]!r:.200} {where}"


def client_of(things: Things, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(things.user(role), backend="django.contrib.auth.backends.ModelBackend")
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {things.tokens[role]}"
    return client


def within_reach(role: str) -> list[Route]:
    """Return the routes of a role; the admin answers strangers one way only, which one test shows for every address."""
    found = routes()
    assert len(found) > 350
    return [route for route in found if role != "anonymous" or not route.template.startswith("admin/")]


def complain(complaints: list[str]) -> None:
    assert not any(complaints), "\n".join(filter(None, complaints))


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_everybody(things: Things, role: str) -> None:
    client = client_of(things, role)
    complain([ask(client, "GET", route.address(existing(route, things))) for route in routes()])


@pytest.mark.parametrize("role", ["anonymous", "superuser"])
def test_hostile_addresses_are_refused(things: Things, role: str) -> None:
    client = client_of(things, role)
    complain([ask(client, "GET", address) for route in within_reach(role) for address in hostile(route, things)])


@pytest.mark.parametrize("role", ["anonymous", "superuser"])
def test_hostile_queries_are_refused(things: Things, role: str) -> None:
    client = client_of(things, role)
    addresses = [route.address(existing(route, things)) for route in within_reach(role)]
    complain([ask(client, "GET", f"{address}?{QUERY}") for address in addresses])


@pytest.mark.parametrize("role", ["anonymous", "superuser"])
def test_rubbish_bodies_are_refused(things: Things, role: str) -> None:
    client = client_of(things, role)
    addresses = [route.address(existing(route, things)) for route in within_reach(role)]
    complain([ask(client, "POST", address, **body) for address in addresses for body in BODIES])


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/accounts/logout/", "/admin/login/"])
def test_an_odd_way_back_from_the_sign_in_is_no_fault(things: Things, address: str) -> None:
    client = client_of(things, "anonymous")
    complaints = [ask(client, "GET", f"{address}?{urlencode({'next': target})}") for target in NEXT]
    complain(complaints + [ask(client, "POST", address, **form(next=target)) for target in NEXT])


def form(**fields: str) -> dict[str, Any]:
    return {"data": urlencode(fields).encode(), "content_type": "application/x-www-form-urlencoded"}


def test_the_sweep_sees_a_fault(things: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cms.core.views.draw", fail)
    assert "500 RuntimeError()" in ask(client_of(things, "anonymous"), "GET", "/art/energy/title.svg")
