"""Many requests at the same moment: ten tokens are ten, and of two renewals with one token one is a theft."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import close_old_connections, connections
from django.db.models import QuerySet
from django.test import Client

from cms.core.refusals import ConflictError
from platform_apps.accounts.api import jwt
from platform_apps.accounts.enums import TokenScope
from platform_apps.accounts.models import TokenTerms, User
from platform_apps.accounts.services import create_token
from tests.factories.accounts import PASSWORD, make_member

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
TOGETHER = 50


def together(run: Callable[[], Any], people: int = TOGETHER) -> list[Any]:
    start = threading.Barrier(people)

    def one(_number: int) -> Any:
        close_old_connections()
        try:
            start.wait(timeout=60)
            return run()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


def make(user: User) -> bool:
    try:
        create_token(user=user, name="x", scope=TokenScope.READ, days=1)
    except ConflictError:
        return False
    return True


def test_fifty_at_once_make_ten() -> None:
    user = make_member()
    assert sum(together(lambda: make(user))) == 10
    assert TokenTerms.objects.of(user).count() == 10


def test_without_the_lock_they_make_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is the lock that makes the test above pass."""
    user = make_member()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    assert sum(together(lambda: make(user))) > 10


def renewals() -> list[int]:
    user = make_member()
    app = "/api/v1/app"
    data = {"email": user.email, "password": PASSWORD}
    meta = Client().post(f"{app}/auth/login", data, content_type="application/json").json()["meta"]
    used = {"refresh_token": meta["refresh_token"]}

    def renew() -> int:
        client = Client(raise_request_exception=False)
        return client.post(f"{app}/tokens/refresh", used, content_type="application/json").status_code

    return together(renew, 20)


def test_one_of_many_renewals_with_the_same_token_succeeds_and_the_session_ends() -> None:
    outcomes = renewals()
    assert (outcomes.count(200), outcomes.count(400)) == (1, 19)


def test_without_the_lock_several_renewals_succeed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is the lock on the session that makes the test above pass.

    Between reading and writing there is time for the others to read.
    """
    read = jwt.internal.get_refresh_token_state

    def read_slowly(session: Any) -> Any:
        known = read(session)
        time.sleep(2)
        return known

    monkeypatch.setattr(jwt.internal, "get_refresh_token_state", read_slowly)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    assert renewals().count(200) > 1
