"""Kept pages are the right bytes for everybody who gets them, and never last longer than they are right."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Site

from cms.core.models import NetworkSettings, SiteChange, SiteMenu
from cms.core.page_cache import middleware as page_cache
from cms.core.page_cache.store import PageStore
from cms.core.page_cache.version import forget_version, site_changed, trim_changes
from tests.factories.pages import Tree, build_tree, make_hub, make_project

ROOM = 4_000_000


@pytest.fixture(autouse=True)
def kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> PageStore:
    """Switch the cache on, empty and with a version that is read at every request."""
    settings.PAGE_CACHE_ENABLED = True
    store = PageStore(ROOM, packs=True)
    monkeypatch.setattr(page_cache, "_stores", [store])
    monkeypatch.setattr("cms.core.page_cache.version.CHECK_SECONDS", 0)
    forget_version()
    return store


class Counting:
    """A page that counts how often it is drawn."""

    def __init__(self, *, seconds: float = 0, **headers: str) -> None:
        self.drawn = 0
        self.seconds = seconds
        self.headers = headers

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        self.drawn += 1
        sleep(self.seconds)
        return HttpResponse(f"drawn {self.drawn}", headers=self.headers)


def ask(page: Callable[[HttpRequest], HttpResponse], address: str = "/en/", **headers: Any) -> HttpResponse:
    return page_cache.PageCacheMiddleware(page)(RequestFactory().get(address, **headers))


pytestmark = pytest.mark.django_db


def test_the_second_visitor_gets_the_same_bytes_without_a_drawing() -> None:
    page = Counting()
    first, second = ask(page), ask(page)
    assert (first.content, second.content, page.drawn) == (b"drawn 1", b"drawn 1", 1)
    assert first.headers == second.headers
    assert second.headers["Cache-Control"] == "public, no-cache"


def test_who_has_it_already_is_told_so() -> None:
    page = Counting()
    etag = ask(page).headers["ETag"]
    answer = ask(page, HTTP_IF_NONE_MATCH=etag)
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)


def test_it_goes_packed_to_whom_can_unpack_it() -> None:
    page = Counting()
    plain, packed = ask(page), ask(page, HTTP_ACCEPT_ENCODING="br, gzip;q=0.8")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert page.drawn == 1


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.000, br", "identity", "notgzipped"])
def test_it_goes_plain_to_everybody_else(accepted: str) -> None:
    assert ask(Counting(), HTTP_ACCEPT_ENCODING=accepted).content == b"drawn 1"


def test_the_tag_of_the_packed_page_is_its_own() -> None:
    page = Counting()
    etags = [ask(page, HTTP_ACCEPT_ENCODING=accepted).headers["ETag"] for accepted in ("", "gzip")]
    assert etags[0] != etags[1]
    answer = ask(page, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=etags[1])
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etags[1])
    assert "Content-Encoding" not in answer.headers
    assert ask(page, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=etags[0]).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"HTTP_COOKIE": f"{django_settings.SESSION_COOKIE_NAME}=x"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_HX_REQUEST": "true"},
    ],
)
def test_persons_never_get_or_leave_a_kept_page(change: dict[str, str]) -> None:
    page = Counting()
    assert ask(page, **change).content == b"drawn 1"
    assert ask(page).content == b"drawn 2"
    assert ask(page, **change).content == b"drawn 3"


def test_what_a_person_sees_is_kept_by_no_proxy() -> None:
    answer = ask(Counting(), HTTP_COOKIE=f"{django_settings.SESSION_COOKIE_NAME}=x")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private"},
        {"Cache-Control": "max-age=0, no-store"},
        {"Vary": "Cookie"},
        {"Vary": "Accept-Language"},
        {"Content-Type": "application/json"},
    ],
)
def test_answers_that_are_not_for_everybody_are_not_kept(headers: dict[str, str]) -> None:
    page = Counting(**headers)
    ask(page)
    assert ask(page).content == b"drawn 2"


def test_an_answer_with_a_cookie_is_not_kept() -> None:
    def page(_request: HttpRequest) -> HttpResponse:
        answer = HttpResponse("x")
        answer.set_cookie("csrftoken", "y")
        return answer

    assert "ETag" not in ask(page).headers


@pytest.mark.parametrize("status", [301, 302, 403, 404, 500])
def test_only_pages_that_are_there_are_kept(kept: PageStore, status: int) -> None:
    ask(lambda _request: HttpResponse("x", status=status))
    assert kept.size == 0


@pytest.mark.parametrize("address", ["/", "/admin/", "/api/v1/hubs/", "/accounts/login/", "/fr/", "/english/"])
def test_only_pages_in_a_language_are_kept(kept: PageStore, address: str) -> None:
    ask(Counting(), address)
    assert kept.size == 0


def test_the_query_counts_in_any_order_and_campaigns_do_not() -> None:
    page = Counting()
    ask(page, "/en/?page=2&sector=energy")
    assert ask(page, "/en/?sector=energy&page=2").content == b"drawn 2"
    assert ask(page, "/en/?page=2&sector=energy&utm_source=letter&fbclid=1").content == b"drawn 1"
    assert ask(page, "/en/?page=3").content == b"drawn 3"


def test_the_page_never_sees_what_campaigns_add() -> None:
    answer = ask(lambda request: HttpResponse(request.GET.urlencode()), "/en/?utm_source=letter&page=2")
    assert answer.content == b"page=2"


def test_made_up_questions_fill_nothing(kept: PageStore) -> None:
    page = Counting()
    for number in range(20):
        ask(page, f"/en/?made-up={number}")
    assert (page.drawn, kept.size) == (20, 0)


def test_hosts_and_schemes_do_not_mix() -> None:
    page = Counting()
    ask(page)
    assert ask(page, HTTP_HOST="other.example").content == b"drawn 2"
    assert ask(page, secure=True).content == b"drawn 3"


def test_there_is_room_for_so_much_and_no_more() -> None:
    store = PageStore(10_000)
    for number in range(50):
        store.put(str(number), b"x" * 1000, ())
    assert store.size <= store.room
    assert store.get("49") is not None
    store.put("huge", b"x" * 20_000, ())
    assert store.size <= store.room


def test_a_proxy_may_keep_pages_where_the_operator_says_so(settings: Any) -> None:
    settings.PAGE_CACHE_PROXY_SECONDS = 600
    assert ask(Counting()).headers["Cache-Control"] == "public, max-age=0, s-maxage=600"


def crowd(page: Callable[[HttpRequest], HttpResponse], number: int = 200) -> list[bytes]:
    middleware = page_cache.PageCacheMiddleware(page)
    together = Barrier(20)

    def visit(index: int) -> bytes:
        if index < together.parties:
            together.wait()
        return middleware(RequestFactory().get("/en/")).content

    with ThreadPoolExecutor(together.parties) as people:
        return list(people.map(visit, range(number)))


@pytest.fixture
def known_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The threads of a crowd do not see the transaction of the test."""
    monkeypatch.setattr(page_cache, "site_version", lambda: "1")


@pytest.mark.usefixtures("known_version")
def test_a_crowd_on_a_cold_page_has_it_drawn_once() -> None:
    page = Counting(seconds=0.3)
    assert set(crowd(page)) == {b"drawn 1"}
    assert page.drawn == 1


@pytest.mark.usefixtures("known_version")
def test_without_the_queue_the_crowd_would_draw_it_often(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def no_queue(_self: PageStore, _key: str) -> Any:
        yield None

    monkeypatch.setattr(PageStore, "drawing", no_queue)
    page = Counting(seconds=0.3)
    crowd(page)
    assert page.drawn > 1


@pytest.mark.usefixtures("known_version")
def test_a_page_that_fails_holds_nobody_up() -> None:
    def page(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    for _attempt in range(2):
        with pytest.raises(RuntimeError):
            ask(page)
    assert ask(Counting()).content == b"drawn 1"


@pytest.fixture
def tree() -> Tree:
    return build_tree()


def as_if_committed() -> None:
    """The whole test is one transaction; from here on it counts as another one."""
    connection.run_on_commit.clear()


CHANGES: dict[str, Callable[[Tree, Any], Any]] = {
    "publish": lambda tree, page: make_project(tree, title="Another one"),
    "unpublish": lambda tree, page: page.unpublish(),
    "delete": lambda tree, page: page.delete(),
    "move": lambda tree, page: page.move(make_hub(tree), pos="last-child"),
    "settings": lambda tree, page: NetworkSettings.objects.create(site=Site.objects.get(), name="New name"),
    "menu": lambda tree, page: SiteMenu.objects.create(locale=tree.locales["en"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_makes_pages_new(tree: Tree, change: str, django_capture_on_commit_callbacks: Any) -> None:
    hub, page = make_hub(tree), Counting()
    ask(page)
    as_if_committed()
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[change](tree, hub)
    assert ask(page).content == b"drawn 2"


def test_without_the_notes_pages_would_stay_as_they_were(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    hub, page = make_hub(tree), Counting()
    ask(page)
    as_if_committed()
    for module in ("cms.core.receivers", "cms.directory.services"):
        monkeypatch.setattr(f"{module}.site_changed", lambda: None)
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES["unpublish"](tree, hub)
    assert ask(page).content == b"drawn 1"


def test_a_draft_makes_nothing_new(tree: Tree, django_capture_on_commit_callbacks: Any) -> None:
    hub, page = make_hub(tree), Counting()
    ask(page)
    as_if_committed()
    with django_capture_on_commit_callbacks(execute=True):
        hub.title = "Not yet"
        hub.save_revision()
    assert ask(page).content == b"drawn 1"


def test_a_page_of_the_site_goes_through_it_and_shows_a_new_title_at_once(
    tree: Tree, django_capture_on_commit_callbacks: Any, django_assert_max_num_queries: Any
) -> None:
    hub = make_hub(tree, title="Before")
    address = hub.get_url()
    cold = Client().get(address)
    with django_assert_max_num_queries(1):
        warm = Client().get(address)
    assert cold.content == warm.content
    assert warm.headers["Content-Security-Policy"] == cold.headers["Content-Security-Policy"]
    as_if_committed()
    with django_capture_on_commit_callbacks(execute=True):
        hub.title = "Afterwards"
        hub.save_revision().publish()
    assert "Afterwards" in Client().get(address).text


def test_old_notes_are_trimmed_and_the_newest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    monkeypatch.setattr("cms.core.page_cache.version.KEPT_FOR", timedelta(0))
    SiteChange.objects.all().delete()
    for _number in range(3):
        SiteChange.objects.create()
    newest = SiteChange.objects.latest("pk").pk
    assert trim_changes() == 2
    assert list(SiteChange.objects.values_list("pk", flat=True)) == [newest]


def test_one_transaction_leaves_one_note() -> None:
    before = SiteChange.objects.count()
    site_changed()
    site_changed()
    assert SiteChange.objects.count() <= before + 1
