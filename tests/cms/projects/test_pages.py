import pytest

from cms.directory.authoring import add_page
from cms.directory.models import EntryText
from cms.projects.models import ProjectPage
from tests.markup import read_page
from tests.pages import QUERY_BUDGET, add_projects, count_queries
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_a_project_shows_all_it_has(client, network, language):
    response = client.get(network.urls(network.project)[language])
    assert response.status_code == 200
    html = response.content.decode()
    page = read_page(html)
    for words in ("Lindenhof Housing Co-op", "The larger plan", "Drawings", "Plate 2", "Looking", "Buildings"):
        assert words in html, words
    assert ("2,120.5" if language == SOURCE else "2.120,5") in html
    assert page.with_class("fact")
    assert page.with_class("opening-plate")
    assert html.count('fetchpriority="high"') == 1


def test_a_draft_is_not_found(client, network):
    draft = add_page(parent=network.world.project_lists[SOURCE], page=ProjectPage(title="Secret", summary="Not yet."))
    assert client.get(draft.get_url()).status_code == 404
    assert client.get(f"{network.world.project_lists[SOURCE].get_url()}{draft.slug}/").status_code == 404


def test_the_page_costs_the_same_with_one_part_and_with_many(client, network):
    urls = network.urls(network.project)
    add_projects(network, 1, parent_project_id=network.project.translation_key)
    few = {language: count_queries(client, url) for language, url in urls.items()}
    add_projects(network, 24, parent_project_id=network.project.translation_key)
    assert {language: count_queries(client, url) for language, url in urls.items()} == few
    assert max(few.values()) <= QUERY_BUDGET


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_the_list_costs_the_same_for_one_project_and_for_twenty_four(client, network, language):
    url = network.world.project_lists[language].get_url()
    few = count_queries(client, url)
    add_projects(network, 22)
    assert len(read_page(client.get(url).content.decode()).with_class("entry")) == 24
    assert count_queries(client, url) == few <= QUERY_BUDGET


def test_the_list_goes_on_with_plain_links(client, network):
    add_projects(network, 30)
    url = network.world.project_lists[SOURCE].get_url()
    first, second = (read_page(client.get(address).content.decode()) for address in (url, f"{url}?page=2"))
    assert [link["href"] for link in first.all("a") if link.get("rel") == "next"] == ["?page=2"]
    assert len(second.with_class("entry")) == 8
    assert second.with_class("is-row")
    assert client.get(f"{url}?page=3").status_code == 404
    assert client.get(f"{url}?page=x").status_code == 404


def test_the_list_keeps_to_a_subject(client, network):
    add_projects(network, 2)
    url = network.world.project_lists[SOURCE].get_url()
    page = read_page(client.get(f"{url}?sector=buildings").content.decode())
    assert len(page.with_class("entry")) == 3  # the larger plan carries no sector
    assert "The larger plan" not in page.text
    ignored = client.get(f"{url}?sector=nothing")
    assert (ignored.status_code, ignored.headers["Location"]) == (302, url)


def test_a_project_in_one_language_is_shown_in_the_interface_of_the_other(client, network):
    page = add_projects(network, 1)[0]
    url = f"{network.world.project_lists[TARGET].get_url()}{page.slug}/"
    html = client.get(url).content.decode()
    markup = read_page(html)
    assert markup.all("html")[0]["lang"] == TARGET
    heading = next(attributes for tag, attributes in markup.elements if tag == "h1")
    assert heading["lang"] == SOURCE
    assert any(attributes.get("role") == "note" for _tag, attributes in markup.elements)
    assert f'rel="canonical" href="http://testserver{page.get_url()}"' in html
    switch = {link["hreflang"]: link["href"] for link in markup.all("a") if link.get("lang") and link.get("hreflang")}
    assert switch[SOURCE] == page.get_url()
    assert count_queries(client, url) <= QUERY_BUDGET


def test_a_stale_translation_and_a_machine_s_draft_say_so(client, network):
    urls = network.urls(network.project)
    for flag in ("is_stale", "is_machine_draft"):
        texts = EntryText.objects.filter(entry_id=network.project.translation_key, language=TARGET)
        texts.update(is_stale=False, is_machine_draft=False)
        assert 'role="note"' not in client.get(urls[TARGET]).content.decode()
        texts.update(**{flag: True})
        assert client.get(urls[TARGET]).content.decode().count('role="note"') == 1
        assert 'role="note"' not in client.get(urls[SOURCE]).content.decode()


def test_a_preview_shows_the_draft_and_not_the_directory(network, rf):
    page = network.project
    page.title, page.cover, page.place = "Lindenhof, new words", None, None
    request = rf.get("/")
    request.is_preview = True
    context = page.get_context(request)
    assert context["place_name"] == ""
    assert context["opening_picture"] is None
    assert [card["title"] for card in context["leads"]] == ["Lindenhof Housing Co-op"]
