"""The limit of the API: exact, and not to be had by claiming to be somebody else."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

LIMIT = 5


@pytest.fixture(autouse=True)
def _throttled(settings: Any) -> Iterator[None]:
    settings.THROTTLING_ENABLED = True
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": {"anonymous": f"{LIMIT}/min", "member": f"{2 * LIMIT}/min"}
    }
    with time_machine.travel("2026-05-01T12:00:15Z", tick=False):
        yield


def _ask(client: Client, **headers: str) -> Any:
    return client.get("/api/v1/sectors/", headers=headers)


def test_the_last_allowed_request_and_the_first_refused(client: Client, db: None) -> None:
    for _ in range(LIMIT):
        assert _ask(client).status_code == 200
    refused = _ask(client)
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Retry-After"] == "45"
    assert refused.headers["Cache-Control"] == "no-store"


def test_the_limit_ends_with_its_minute(client: Client, db: None) -> None:
    for _ in range(LIMIT + 1):
        _ask(client)
    with time_machine.travel("2026-05-01T12:01:00Z", tick=False):
        assert _ask(client).status_code == 200


def test_a_claimed_address_does_not_count(client: Client, db: None) -> None:
    answers = [_ask(client, **{"X-Forwarded-For": f"198.51.100.{number}"}).status_code for number in range(LIMIT + 1)]
    assert answers == [200] * LIMIT + [429]


def test_behind_our_proxy_its_word_counts_and_the_clients_does_not(client: Client, db: None, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    answers = [
        _ask(client, **{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"}).status_code
        for number in range(LIMIT + 1)
    ]
    assert answers == [200] * LIMIT + [429]
    assert _ask(client, **{"X-Forwarded-For": "198.51.100.1, 203.0.113.8"}).status_code == 200


def test_neighbours_of_one_ipv6_network_count_as_one(client: Client, db: None) -> None:
    answers = [
        client.get("/api/v1/sectors/", REMOTE_ADDR=f"2001:db8:1:2::{number}").status_code
        for number in range(1, LIMIT + 2)
    ]
    assert answers == [200] * LIMIT + [429]
    assert client.get("/api/v1/sectors/", REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_refused_requests_and_errors_count_too(client: Client, db: None) -> None:
    for _ in range(LIMIT):
        assert client.get("/api/v1/sectors/?foo=1").status_code == 400
    assert _ask(client).status_code == 429
