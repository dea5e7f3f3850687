"""GET /api/v1/search/ and /api/v1/suggest/."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from wagtail.models import Locale

from cms.directory.enums import Kind
from cms.directory.models import EntryHub
from search.api.serializers import SearchAnswerSerializer, SearchResultSerializer, SuggestionSerializer
from search.models import Promotion
from search.services import rebuild
from tests.factories.search import find

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = "/api/v1/search/", "/api/v1/suggest/"


def ask(path: str, query: dict[str, Any], status: int = 200, **headers: str) -> Any:
    answer = Client().get(path, query, headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_an_answer_is_as_documented() -> None:
    entry = find(title="Solar <b>clinic</b>", summary="Every Tuesday, panels are mended.")
    answer = ask(SEARCH, {"q": "solar"})
    assert answer.keys() == set(SearchAnswerSerializer().fields)
    row = answer["results"][0]
    assert row.keys() == set(SearchResultSerializer().fields)
    assert row["id"] == str(entry.pk)
    assert row["title"] == "Solar <b>clinic</b>"
    assert row["title_segments"] == [
        {"text": "Solar", "is_match": True},
        {"text": " <b>clinic</b>", "is_match": False},
    ]
    assert row["url"].startswith("http://testserver/en/")
    assert answer["facets"] == [{"kind": "project", "name": "Project", "count": 1}]
    assert (answer["did_you_mean"], answer["is_capped"], answer["promoted"]) == (None, False, [])


def test_filters_narrow() -> None:
    hub, project = find(Kind.HUB, title="Solar hub"), find(title="Solar project", languages=("en", "de"))
    EntryHub.objects.create(entry=project, hub=hub)
    find(title="Solar elsewhere")
    assert len(ask(SEARCH, {"q": "solar"})["results"]) == 3
    assert [row["id"] for row in ask(SEARCH, {"q": "solar", "kind": "hub"})["results"]] == [str(hub.pk)]
    around = ask(SEARCH, {"q": "solar", "hub": str(hub.pk), "kind": "project"})
    assert [row["id"] for row in around["results"]] == [str(project.pk)]
    assert {row["language"] for row in ask(SEARCH, {"q": "solar", "lang": "de", "kind": "project"})["results"]} == {
        "de", "en",
    }  # fmt: skip


def test_pages_follow_each_other_and_back() -> None:
    for number in range(7):
        find(title=f"Solar {'roof ' * number}")
    whole = [row["id"] for row in ask(SEARCH, {"q": "solar"})["results"]]
    pages, address = [], f"{SEARCH}?q=solar&page_size=3"
    while address:
        page = Client().get(address).json()
        pages.append(page)
        address = page["next"]
    assert [row["id"] for page in pages for row in page["results"]] == whole
    assert [len(page["results"]) for page in pages] == [3, 3, 1]
    assert pages[0]["previous"] is None
    back = Client().get(pages[2]["previous"]).json()
    assert back["results"] == pages[1]["results"]
    assert Client().get(back["previous"]).json()["results"] == pages[0]["results"]
    assert Client().get(back["next"]).json()["results"] == pages[2]["results"]


def test_a_cursor_goes_on_after_a_result_that_is_gone() -> None:
    made = [find(title=f"Solar {'roof ' * number}") for number in range(4)]
    page = ask(SEARCH, {"q": "solar", "page_size": "2"})
    last = page["results"][-1]["id"]
    gone = next(entry for entry in made if str(entry.pk) == last)
    gone.delete()
    rebuild()
    following = Client().get(page["next"]).json()["results"]
    assert {row["id"] for row in following} & {row["id"] for row in page["results"]} == set()
    assert following


def test_cursors_of_another_query_are_refused() -> None:
    for number in range(3):
        find(title=f"Solar {number}")
    cursor = parse_qs(urlsplit(ask(SEARCH, {"q": "solar", "page_size": "1"})["next"]).query)["cursor"][0]
    for other in ({"q": "roof"}, {"q": "solar", "kind": "hub"}, {"q": "solar", "lang": "de"}):
        assert ask(SEARCH, other | {"cursor": cursor}, 400)["errors"].keys() == {"cursor"}


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({}, "q"), ({"q": ""}, "q"), ({"q": "x" * 10_000}, "q"), ({"q": "a\x1fb"}, "q"), ({"q": ["a", "b"]}, "q"),
        ({"q": "a", "kind": "nothing"}, "kind"), ({"q": "a", "kind": ""}, "kind"), ({"q": "a", "hub": "none"}, "hub"),
        ({"q": "a", "page_size": "0"}, "page_size"), ({"q": "a", "cursor": "x"}, "cursor"),
        ({"q": "a", "lang": "xx"}, "lang"), ({"q": "a", "foo": "1"}, "foo"), ({"q": "a", "page": "2"}, "page"),
    ],
)  # fmt: skip
def test_bad_values_are_named(query: dict[str, Any], wrong: str) -> None:
    problem = ask(SEARCH, query, 400)
    assert problem["errors"].keys() == {wrong}
    if wrong in {"q", "lang", "foo"}:
        assert ask(SUGGEST, query, 400)["errors"].keys() == {wrong}


@pytest.mark.parametrize(
    "text", ["the of and", "🦜", "؟ مرحبا", "' OR 1=1 --", "a & | ! ( ) : * <->", "-", '"""', "%_"]
)
def test_odd_texts_are_answered(text: str) -> None:
    find(title="House")
    for path in (SEARCH, SUGGEST):
        assert "results" in ask(path, {"q": text})
    assert Client().get(f"{SEARCH}?q=%00").status_code == 400


def test_an_answer_the_client_has_is_not_sent_again() -> None:
    find(title="Solar")
    for path in (SEARCH, SUGGEST):
        first = Client().get(path, {"q": "solar"})
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert "Accept-Language" in first.headers["Vary"]
        again = Client().get(path, {"q": "solar"}, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_mended_errors_are_told() -> None:
    find(title="Solar")
    answer = ask(SEARCH, {"q": "sloar"})
    assert (answer["did_you_mean"], len(answer["results"])) == ("solar", 1)


def test_promoted_results_come_with_the_first_page() -> None:
    entry = find(title="Solar clinic")
    for number in range(3):
        find(title=f"Solar {number}")
    locale = Locale.objects.get_or_create(language_code="en")[0]
    Promotion.objects.create(phrase="solar", locale=locale, entry=entry, position=2)
    Promotion.objects.create(phrase="Sólar!", locale=locale, address="https://example.org/", title="Advice", position=1)
    first = ask(SEARCH, {"q": "cheap solar", "page_size": "1"})
    first = ask(SEARCH, {"q": "solar", "page_size": "1"})
    assert [(row["title"], row["id"]) for row in first["promoted"]] == [
        ("Advice", None),
        ("Solar clinic", str(entry.pk)),
    ]
    assert Client().get(first["next"]).json()["promoted"] == []
    assert ask(SEARCH, {"q": "solar", "lang": "de"})["promoted"] == []


def test_suggestions() -> None:
    entry = find(title="Solar clinic")
    row = ask(SUGGEST, {"q": "sol"})["results"][0]
    assert row.keys() == set(SuggestionSerializer().fields)
    assert (row["text"], row["kind"], row["id"]) == ("Solar clinic", "project", str(entry.pk))
    mended = ask(SUGGEST, {"q": "big sloar", "lang": "de"})["results"]
    assert mended == []
    assert ask(SUGGEST, {"q": "big sloar"})["results"][0]["text"] == "big solar"
    assert ask(SUGGEST, {"q": "big sloar"})["results"][0]["url"] == "http://testserver/en/search/?q=big+solar"


@pytest.mark.parametrize("number", [6, 25])
def test_the_number_of_statements(number: int, django_assert_num_queries: Any) -> None:
    hub = find(Kind.HUB, title="Solar hub")
    for one in range(number):
        EntryHub.objects.create(entry=find(title=f"Solar {one}"), hub=hub)
    ask(SEARCH, {"q": "solar"})  # common words are read once a minute
    # What fits, its documents, what is promoted; the hub; for an error also longer words, likely words, what they find.
    for query, statements in (({"q": "solar"}, 3), ({"q": "solar", "hub": str(hub.pk)}, 4), ({"q": "sloar"}, 6)):
        with django_assert_num_queries(statements):
            ask(SEARCH, query)
