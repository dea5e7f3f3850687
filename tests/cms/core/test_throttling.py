"""Who is counted, and that nobody slips through: serially, by claims, by neighbours, all at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory

from cms.core.throttling import Limit, client_address, is_over_limit

LIMIT = Limit("test", number=5, seconds=60)


@pytest.fixture(autouse=True)
def _throttled(settings: Any) -> None:
    settings.THROTTLING_ENABLED = True
    settings.TRUSTED_PROXIES = 0


def request(address: str = "203.0.113.7", *, forwarded: str = "") -> HttpRequest:
    claims = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **claims)


@time_machine.travel("2026-05-01T12:00:15Z", tick=False)
def test_the_last_allowed_and_the_first_refused() -> None:
    assert [is_over_limit(request(), LIMIT) for _ in range(7)] == [False] * 5 + [True] * 2
    assert not is_over_limit(request("203.0.113.8"), LIMIT)
    assert not is_over_limit(request(), Limit("other", 5, 60))
    assert not is_over_limit(request(), LIMIT, client="user-1")


def test_the_next_window_starts_anew() -> None:
    with time_machine.travel("2026-05-01T12:00:59Z", tick=False):
        assert [is_over_limit(request(), LIMIT) for _ in range(6)][-1]
    with time_machine.travel("2026-05-01T12:01:00Z", tick=False):
        assert not is_over_limit(request(), LIMIT)


def test_a_limit_can_be_switched_off(settings: Any) -> None:
    settings.THROTTLING_ENABLED = False
    assert not any(is_over_limit(request(), LIMIT) for _ in range(20))


@time_machine.travel("2026-05-01T12:00:15Z", tick=False)
def test_a_count_that_the_cache_drops_starts_again_without_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *_arguments, **_options: False)
    assert [is_over_limit(request(), LIMIT) for _ in range(6)] == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "counted"),
    [
        (0, "203.0.113.7", "", "203.0.113.7"),
        (0, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "192.0.2.1, 198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "192.0.2.1,, 198.51.100.1 ,", "198.51.100.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (2, "10.0.0.1", "192.0.2.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "10.0.0.1"),
        (1, "10.0.0.1", "rubbish", "unknown"),
        (0, "", "", "unknown"),
        (0, "2001:db8:1:2::5", "", "2001:db8:1:2::/64"),
        (0, "2001:db8:1:2:ffff::5", "", "2001:db8:1:2::/64"),
        (0, "2001:db8:1:3::5", "", "2001:db8:1:3::/64"),
        (0, "::ffff:203.0.113.7", "", "203.0.113.7"),
        (1, "10.0.0.1", "2001:db8:1:2::5", "2001:db8:1:2::/64"),
    ],
)
def test_who_is_counted(settings: Any, proxies: int, remote: str, forwarded: str, counted: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert client_address(request(remote, forwarded=forwarded)) == counted


@pytest.mark.parametrize("proxies", [0, 1])
@time_machine.travel("2026-05-01T12:00:15Z", tick=False)
def test_a_claimed_address_gives_no_second_count(settings: Any, proxies: int) -> None:
    settings.TRUSTED_PROXIES = proxies
    real = ", 203.0.113.7" if proxies else ""
    over = [is_over_limit(request(forwarded=f"198.51.100.{number}{real}"), LIMIT) for number in range(6)]
    assert over == [False] * 5 + [True]


@pytest.mark.services
@time_machine.travel("2026-05-01T12:00:15Z", tick=False)
def test_requests_at_the_same_moment_cannot_all_slip_through() -> None:
    limit = Limit("rush", number=10, seconds=60)
    with ThreadPoolExecutor(40) as people:
        over = list(people.map(lambda _number: is_over_limit(request(), limit), range(200)))
    assert over.count(False) == 10
