from datetime import date, timedelta

import pytest

from cms.directory.authoring import add_page
from cms.stories.models import StoryEntryLink, StoryPage
from tests.markup import read_page
from tests.pages import QUERY_BUDGET, add_projects, count_queries
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_a_story_shows_all_it_has(client, network, language):
    html = client.get(network.urls(network.story)[language]).content.decode()
    page = read_page(html)
    assert {"datetime": "2026-05-01"} in page.all("time")
    for words in ("Hatice Brandt", "Lindenhof Housing Co-op", "Lindenhof warms itself", "Who had a shovel?"):
        assert words in html, words
    assert len(page.all("article")) == 3  # the story, and the two entries that it tells of


def test_a_draft_is_not_found(client, network):
    draft = add_page(parent=network.world.story_lists[SOURCE], page=StoryPage(title="Secret", summary="Not yet."))
    assert client.get(draft.get_url()).status_code == 404


def test_the_page_costs_the_same_however_much_it_tells_of(client, network):
    url = network.urls(network.story)[SOURCE]
    few = count_queries(client, url)
    for page in StoryPage.objects.filter(translation_key=network.story.translation_key):
        page.entry_links = [StoryEntryLink(entry_id=made.translation_key) for made in add_projects(network, 24)]
        page.save_revision().publish()
    assert count_queries(client, url) == few <= QUERY_BUDGET


def test_the_list_begins_with_the_newest_story(client, network):
    for days in range(24):
        story = StoryPage(title=f"Day {days}", summary="x", date=date(2026, 6, 1) + timedelta(days=days))
        add_page(parent=network.world.story_lists[SOURCE], page=story, publish=True)
    url = network.world.story_lists[SOURCE].get_url()
    page = read_page(client.get(url).content.decode())
    titles = [text for text in page.text if text.startswith("Day ")]
    assert titles[:2] == ["Day 23", "Day 22"]
    assert count_queries(client, url) <= QUERY_BUDGET
