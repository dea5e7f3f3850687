"""Personal tokens: shown once, few, for a while, and good for no more than they were made for."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken

from platform_apps.accounts.enums import TokenScope
from platform_apps.accounts.models import TokenTerms, User
from platform_apps.accounts.services import create_token
from tests.factories.accounts import PASSWORD, make_member

pytestmark = pytest.mark.django_db
TOKENS = "/api/v1/tokens/"


@pytest.fixture
def noor() -> User:
    return make_member()


def session_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make(user: User, scope: TokenScope = TokenScope.WRITE, days: int = 30) -> tuple[TokenTerms, str]:
    return create_token(user=user, name="script", scope=scope, days=days)


def ask(secret: str, method: str = "GET", path: str = TOKENS, **extra: Any) -> Any:
    return Client().generic(method, path, headers={"Authorization": f"Bearer {secret}"}, **extra)


def post(client: Client, **data: Any) -> Any:
    return client.post(TOKENS, data, content_type="application/json")


def test_a_token_is_made_listed_and_revoked_by_its_person(noor: User) -> None:
    client = session_of(noor)
    made = post(client, name="Laptop")
    assert made.status_code == 201
    told = made.json()
    assert (told["name"], told["scope"], told["last_used_at"]) == ("Laptop", "read", None)
    assert ask(told["secret"]).status_code == 200
    [listed] = client.get(TOKENS).json()["results"]
    assert listed == {key: value for key, value in told.items() if key != "secret"} | {
        "last_used_at": listed["last_used_at"]
    }
    assert listed["last_used_at"]
    assert client.delete(f"{TOKENS}{told['id']}/").status_code == 204
    assert ask(told["secret"]).status_code == 401, "at once"
    assert client.get(TOKENS).json()["results"] == []
    assert told["secret"] not in str(list(APIToken.objects.values()))


def test_it_lasts_thirty_days_unless_said_otherwise(noor: User, time_machine: Any) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    secret = post(session_of(noor), name="x").json()["secret"]
    _terms, short = make(noor, days=1)
    time_machine.shift(24 * 3600 + 1)
    assert [ask(one).status_code for one in (secret, short)] == [200, 401]
    time_machine.shift(29 * 24 * 3600)
    assert ask(secret).status_code == 401


def test_one_that_may_read_writes_nothing(noor: User) -> None:
    _terms, reads = make(noor, TokenScope.READ)
    other, writes = make(noor, TokenScope.WRITE)
    assert ask(reads, "DELETE", f"{TOKENS}{other.uuid}/").status_code == 403
    assert ask(writes).status_code == 200
    assert ask(writes, "DELETE", f"{TOKENS}{other.uuid}/").status_code == 204


def test_one_that_may_read_writes_nothing_by_the_content_api_either(noor: User) -> None:
    User.objects.filter(pk=noor.pk).update(is_superuser=True)
    _terms, reads = make(noor, TokenScope.READ)
    answer = ask(reads, "POST", "/api/cms/v3/pages/", data=b"{}", content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    TokenTerms.objects.update(expires_at=timezone.now())
    assert ask(reads, "GET", "/api/cms/v3/pages/").status_code == 401


def test_a_token_makes_no_tokens(noor: User) -> None:
    _terms, secret = make(noor)
    answer = ask(secret, "POST", data=b'{"name": "x"}', content_type="application/json")
    assert (answer.status_code, TokenTerms.objects.count()) == (403, 1)


def test_nobody_sees_or_revokes_anothers(noor: User) -> None:
    terms, secret = make(make_member("bob@example.org"))
    client = session_of(noor)
    assert client.get(TOKENS).json()["results"] == []
    assert client.delete(f"{TOKENS}{terms.uuid}/").status_code == 404
    assert ask(secret).status_code == 200
    assert Client().get(TOKENS).status_code == 401


@pytest.mark.parametrize(
    "data",
    [{}, {"name": ""}, {"name": "x" * 81}, {"name": "a\r\nb"}, {"name": "x", "scope": "admin"},
     {"name": "x", "days": 0}, {"name": "x", "days": 366}, {"name": "x", "days": "1e3"}, {"name": "x", "user": 1}],
)  # fmt: skip
def test_what_is_wrong_makes_nothing(noor: User, data: dict[str, Any]) -> None:
    assert (post(session_of(noor), **data).status_code, APIToken.objects.count()) == (400, 0)


def test_a_secret_is_not_kept_for_a_second_answer(noor: User) -> None:
    answer = session_of(noor).post(
        TOKENS, {"name": "x"}, content_type="application/json", headers={"Idempotency-Key": "one"}
    )
    assert (answer.status_code, APIToken.objects.count()) == (400, 0)


def test_ten_are_enough_and_revoked_ones_do_not_count(noor: User) -> None:
    client = session_of(noor)
    made = [post(client, name=f"number {number}") for number in range(11)]
    assert [one.status_code for one in made] == [201] * 10 + [409]
    client.delete(f"{TOKENS}{made[0].json()['id']}/")
    assert post(client, name="again").status_code == 201


def test_tokens_from_other_doors_have_an_end_too(noor: User) -> None:
    token, secret = APIToken.create_token(user=noor, name="by the admin")
    assert 29 < (token.terms.expires_at - timezone.now()).days + 1 <= 30
    assert ask(secret).status_code == 200
    token.terms.delete()
    assert ask(secret).status_code == 401


def test_use_is_noted_once_a_minute(noor: User, django_assert_num_queries: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-11-01T12:00:00Z", tick=False)
    _terms, secret = make(noor)
    ask(secret)
    first = APIToken.objects.get().last_used_at
    time_machine.shift(59)
    ask(secret)
    assert APIToken.objects.get().last_used_at == first
    time_machine.shift(2)
    ask(secret)
    assert APIToken.objects.get().last_used_at > first


def test_the_page_makes_shows_once_and_revokes(noor: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": noor.email, "password": PASSWORD})
    form = {"name": "<b>Laptop</b>", "scope": "read", "days": "7"}
    assert client.post("/accounts/tokens/", form).headers["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    made = client.post("/accounts/tokens/", form)
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    again = client.get("/accounts/tokens/").content.decode()
    assert secret not in again
    assert "&lt;b&gt;Laptop" in again
    assert client.post("/accounts/tokens/", form | {"days": "x"}).status_code == 400
    assert client.post("/accounts/tokens/", {"revoke": "nothing"}).status_code == 404
    assert client.post("/accounts/tokens/", {"revoke": str(TokenTerms.objects.get().uuid)}).status_code == 302
    assert ask(secret).status_code == 401
