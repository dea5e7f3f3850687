"""Pages are the same for everybody; what is personal comes after them, and only to whom it belongs."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from platform_apps.accounts.middleware import HINT
from platform_apps.accounts.services import create_verified_user
from tests.cms.editorial.conftest import world  # noqa: F401 (a fixture)
from tests.markup import Markup
from tests.worlds import PASSWORD, SOURCE, TARGET, World

pytestmark = pytest.mark.django_db


def personal(client: Client, path: str = "") -> Any:
    return client.get("/en/personal/", {"path": path} if path else {})


def links(answer: Any) -> set[str]:
    # What stands in a template is no part of a page before a script puts it there; here that is all there is.
    html = answer.content.decode().replace("<template", "<div").replace("</template", "</div")
    return {attributes["href"] for tag, attributes in Markup(html).elements if tag == "a"}


def signed_in(world: World, role: str) -> Client:  # noqa: F811
    client = Client()
    client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_strangers_get_nothing_and_are_not_asked_again(world: World) -> None:  # noqa: F811
    client = Client()
    client.cookies[HINT] = "1"
    answer = personal(client, "/en/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.cookies[HINT]["max-age"] == 0
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_hint_comes_and_goes_with_the_session(world: World) -> None:  # noqa: F811
    create_verified_user(
        email="noor@example.org", password=PASSWORD, first_name="Noor", last_name="Haddad", language="en"
    )
    client = Client()
    assert HINT not in client.get("/en/").cookies
    form = {"login": "noor@example.org", "password": PASSWORD}
    answer = client.post("/accounts/login/", form)
    assert not answer.cookies[HINT]["httponly"]
    assert answer.cookies[HINT]["max-age"] == answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    answer = client.post("/accounts/logout/")
    assert answer.cookies[HINT]["max-age"] == 0
    assert HINT not in Client().post("/accounts/login/", form | {"password": "wrong"}).cookies


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_somebody_without_a_role_sees_the_way_out_and_no_way_in(world: World, language: str) -> None:  # noqa: F811
    answer = signed_in(world, "outsider").get(f"/{language}/personal/", {"path": world.hub_a[language].get_url()})
    assert world.users["outsider"].email in answer.content.decode()
    own = {reverse("account_overview"), reverse("account_logout"), f"/{language}/people/me/"}
    assert links(answer) == own
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("role", "page", "may_edit"),
    [
        ("editor_a", "live_a", True),
        ("editor_a", "live_b", False),
        ("editor_b", "live_b", True),
        ("former_editor", "live_b", False),
        ("editor", "live_b", True),
        ("moderator", "live_b", False),
        ("outsider", "live_a", False),
    ],
)
def test_who_may_edit_a_page_finds_the_way(world: World, role: str, page: str, may_edit: bool) -> None:  # noqa: F811
    shown = world.pages[page]
    edit = reverse("wagtailadmin_pages:edit", args=[shown.pk])
    assert (edit in links(personal(signed_in(world, role), shown.get_url()))) is may_edit


@pytest.mark.parametrize(
    "path", ["", "/", "/en/nothing/here/", "/xx/", "no slash", "/en/../../etc", "/en/" + "x" * 4000]
)
def test_a_path_that_leads_nowhere_has_nothing_to_edit(world: World, path: str) -> None:  # noqa: F811
    answer = personal(signed_in(world, "editor"), path)
    assert answer.status_code == 200
    assert not any("/edit/" in link for link in links(answer))


def test_a_draft_is_not_given_away_by_its_path(world: World) -> None:  # noqa: F811
    draft = world.pages["draft_b"]
    assert not any("/edit/" in link for link in links(personal(signed_in(world, "editor_a"), draft.get_url())))


def test_the_page_is_the_same_with_and_without_a_session(world: World) -> None:  # noqa: F811
    path = world.pages["live_a"].get_url()
    assert signed_in(world, "editor_a").get(path).content == Client().get(path).content
