"""The page of results, and the field on every page."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale

from cms.directory.enums import Kind
from search.models import Promotion
from tests.factories.pages import build_tree
from tests.factories.search import find

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree(db: None) -> None:
    build_tree()


def page(query: str = "", language: str = "en", client: Client | None = None) -> Any:
    answer = (client or Client()).get(f"/{language}/search/{query}")
    assert answer.status_code == 200
    return answer


def shown(answer: Any) -> list[str]:
    titles = re.findall(r"<h3[^>]*>(.*?)</h3>", answer.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", title).strip() for title in titles]


def test_results_with_their_words_marked() -> None:
    find(title="Solar clinic", summary="We mend <b>panels</b>.")
    answer = page("?q=panel")
    html = answer.content.decode()
    assert shown(answer) == ["Solar clinic"]
    assert "We mend &lt;b&gt;<mark>panels</mark>&lt;/b&gt;." in html
    assert '<meta name="robots" content="noindex">' in html
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<input class="input" id="q" type="search" name="q" value="panel"' in html


def test_everybody_gets_the_same_bytes_and_no_cookie(settings: Any) -> None:
    find(title="Solar clinic")
    first = page("?q=solar")
    assert not first.cookies
    assert "csrf" not in first.content.decode().lower()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert page("?q=solar", client=client).content == first.content


def test_kinds_and_pages_are_plain_links() -> None:
    for number in range(23):
        find(title=f"Solar {number}")
    find(Kind.STORY, title="Solar story")
    html = page("?q=solar").content.decode()
    assert 'href="/en/search/?q=solar&amp;kind=story"' in html
    assert 'href="/en/search/?q=solar&amp;page=2"' in html
    assert shown(page("?q=solar&kind=story")) == ["Solar story"]
    assert len(shown(page("?q=solar&page=2"))) == 4
    assert 'href="/en/search/?q=solar&amp;kind=project"' in page("?q=solar&kind=project&page=2").content.decode()


@pytest.mark.parametrize("query", ["?q=solar&page=0", "?q=solar&page=x", "?q=solar&page=999999999", "?q=solar&kind=x"])
def test_what_the_address_gets_wrong_counts_as_not_given(query: str) -> None:
    find(title="Solar clinic")
    assert shown(page(query)) == ["Solar clinic"]


def test_a_kind_without_results_leads_back() -> None:
    find(title="Solar clinic")
    assert "Nothing of this kind." in page("?q=solar&kind=hub").content.decode()


def test_typing_errors() -> None:
    find(title="Solar clinic")
    answer = page("?q=sloar")
    assert shown(answer) == ["Solar clinic"]
    assert 'Did you mean <a href="/en/search/?q=solar">solar</a>?' in answer.content.decode()


def test_nothing_found_says_where_to_go_on() -> None:
    find(Kind.HUB, title="Münster")
    html = page("?q=xqzxqz").content.decode()
    assert "Nothing has “xqzxqz”" in html
    assert "Fewer words find more." in html
    assert "Münster" in html
    assert "Nichts zu „xqzxqz“" in page("?q=xqzxqz", "de").content.decode()
    assert "What are you looking for?" in page().content.decode()


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "garden " * 2000, "%F0%9F%A6%9C", "%D9%85%D8%B1", "%01%02", "%22%22", "-"]
)
def test_odd_texts_are_answered(text: str) -> None:
    find(title="Garden")
    html = page(f"?q={text}").content.decode()
    assert ("Only the first 200 characters" in html) == (len(text) > 1000)
    assert Client().get("/en/search/?q=%00").status_code == 400


def test_markup_in_the_text_stays_text() -> None:
    html = page("?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in html


def test_the_other_language_keeps_the_text() -> None:
    assert 'href="/de/search/?q=solar"' in page("?q=solar").content.decode()


def test_every_page_has_the_field() -> None:
    for address in ("/en/", "/en/projects/", "/de/nothing-here/"):
        html = Client().get(address).content.decode()
        assert 'role="search"' in html
        assert "groundswell/js/search-field.js" in html
        assert "/api/v1/suggest/" in html


def test_only_reading_is_possible() -> None:
    assert Client().post("/en/search/", {"q": "x"}).status_code in {403, 405}


@pytest.mark.parametrize("number", [1, 15])
def test_the_number_of_statements(number: int, django_assert_max_num_queries: Any) -> None:
    for one in range(number):
        find(title=f"Solar {one}")
    page("?q=solar")
    with django_assert_max_num_queries(10):
        page("?q=solar")


def test_promoted_results_come_first() -> None:
    entry = find(title="Solar clinic", summary="Every Tuesday.")
    Promotion.objects.create(phrase="Power cut", locale=Locale.objects.get(language_code="en"), entry=entry)
    html = page("?q=what+to+do+in+a+power+cut").content.decode()
    assert "Our editors suggest" in html
    assert "Every Tuesday." in html
    assert "Our editors suggest" not in page("?q=power").content.decode()
    assert "Unsere Redaktion empfiehlt" not in page("?q=power+cut", "de").content.decode()
    type(entry).objects.filter(pk=entry.pk).update(state="archived")
    assert "Our editors suggest" not in page("?q=power+cut").content.decode()


def test_promotions_need_words_and_one_target() -> None:
    locale = Locale.objects.get(language_code="en")
    entry = find(title="Solar clinic")
    for wrong in (
        {"phrase": "🦜", "entry": entry},
        {"phrase": "solar"},
        {"phrase": "solar", "entry": entry, "address": "https://example.org/", "title": "x"},
        {"phrase": "solar", "address": "https://example.org/"},
        {"phrase": "solar", "address": "javascript:alert(1)", "title": "x"},
    ):
        with pytest.raises(ValidationError):
            Promotion(locale=locale, **wrong).full_clean()
    Promotion(locale=locale, phrase="solar", entry=entry).full_clean()


def test_editors_and_operators_manage_promotions() -> None:
    permissions = set(Permission.objects.filter(content_type__app_label="search", codename__endswith="_promotion"))
    for name, expected in (("Editors", 3), ("Operators", 3), ("Moderators", 0), ("Translators", 0)):
        group = Group.objects.get(name=name)
        codenames = {one.codename for one in permissions & set(group.permissions.all())}
        assert len(codenames & {"add_promotion", "change_promotion", "delete_promotion"}) == expected, name


def test_the_admin_lists_and_makes_promotions(admin_client: Client) -> None:
    entry = find(title="Solar clinic")
    locale = Locale.objects.get(language_code="en")
    made = admin_client.post(
        "/admin/snippets/search/promotion/add/",
        {"phrase": "Power cut", "locale": locale.pk, "entry": str(entry.pk), "position": "1"},
    )
    assert made.status_code == 302, made.content
    assert Promotion.objects.get().folded_phrase == "power cut"
    assert b"Power cut" in admin_client.get("/admin/snippets/search/promotion/").content
    both = {"phrase": "x", "locale": locale.pk, "entry": str(entry.pk), "position": "1", "address": "https://a.example"}
    assert admin_client.post("/admin/snippets/search/promotion/add/", both).status_code == 200
    assert Promotion.objects.count() == 1
