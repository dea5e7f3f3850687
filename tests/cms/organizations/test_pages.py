import pytest

from cms.directory.authoring import add_page
from cms.organizations.models import OrganizationPage
from tests.markup import read_page
from tests.pages import QUERY_BUDGET, add_projects, count_queries
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_an_organization_shows_all_it_has(client, network, language):
    html = client.get(network.urls(network.organization)[language]).content.decode()
    page = read_page(html)
    links = [link.get("href") for link in page.all("a")]
    assert "mailto:hello@lindenhof.example.org" in links
    assert "tel:+49251" + "1234" in links
    assert "https://www.lindenhof.example.org/about" in links
    for words in ("48143 Münster", "Co-Op", "Westphalia", "Lindenhof warms itself"):
        assert words in html, words


def test_a_draft_is_not_found(client, network):
    page = OrganizationPage(title="Secret", summary="Not yet.")
    draft = add_page(parent=network.world.organization_lists[SOURCE], page=page)
    assert client.get(draft.get_url()).status_code == 404


def test_the_page_costs_the_same_with_one_project_and_with_many(client, network):
    url = network.urls(network.organization)[TARGET]
    few = count_queries(client, url)
    add_projects(network, 24)
    assert count_queries(client, url) == few <= QUERY_BUDGET


def test_an_empty_list_says_so(client, network):
    network.world.organization_lists[SOURCE].get_children().delete()
    url = network.world.organization_lists[SOURCE].get_url()
    type(network.organization).objects.all().delete()
    page = read_page(client.get(url).content.decode())
    assert page.with_class("empty")
    assert not page.with_class("entry")
