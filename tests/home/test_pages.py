from datetime import date

import pytest

from cms.directory.authoring import add_page
from cms.hubs.models import HubPage
from cms.organizations.models import OrganizationPage
from cms.projects.models import ProjectPage
from cms.stories.models import StoryPage
from tests.markup import read_page
from tests.pages import QUERY_BUDGET, add_projects, count_queries
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_the_front_page_shows_lead_stories_projects_subjects_and_hubs(client, network, language):
    second = StoryPage(title="The year before", summary="x", date=date(2025, 5, 1))
    add_page(parent=network.world.story_lists[SOURCE], page=second, publish=True)
    html = client.get(f"/{language}/").content.decode()
    page = read_page(html)
    for words in ("Lindenhof warms itself", "The year of the shovel", "Buildings", "Westphalia"):
        assert words in html, words
    assert len(page.with_class("today")) == 1
    sectors = page.with_class("sectors")
    assert len(sectors) == 1
    assert any((link.get("href") or "").endswith("?sector=buildings") for link in page.all("a"))


def test_the_editor_s_words_come_first(client, network):
    page = read_page(client.get("/en/").content.decode())
    assert "Neighbours who get on with it" in page.text
    home = network.world.homes[SOURCE]
    home.headline = ""
    home.save_revision().publish()
    assert "Neighbours who get on with it" not in client.get("/en/").content.decode()


def test_every_block_of_the_editor_is_on_the_page(client, network):
    page = read_page(client.get("/en/").content.decode())
    for words in ("It began with a thermos.", "Picked", "Newest", "Around here", "How we drilled"):
        assert words in page.text, words


def test_a_site_without_content_still_has_a_front_page(client, network):
    for model in (StoryPage, ProjectPage, OrganizationPage, HubPage):
        for page in model.objects.live():
            page.unpublish()
    home = network.world.homes[SOURCE]
    home.headline, home.body = "", []
    home.save_revision().publish()
    page = read_page(client.get("/en/").content.decode())
    assert page.with_class("empty")


def test_the_page_costs_the_same_with_few_entries_and_with_many(client, network):
    url = f"/{TARGET}/"
    few = count_queries(client, url)
    add_projects(network, 24)
    assert count_queries(client, url) == few <= QUERY_BUDGET


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_the_page_is_the_same_for_everybody(client, network, language):
    first, second = client.get(f"/{language}/"), client.get(f"/{language}/")
    assert first.content == second.content
    assert not first.cookies
    assert "csrfmiddlewaretoken" not in first.content.decode()
