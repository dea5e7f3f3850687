"""What stands beside a project as similar, why, and what never does."""

import pytest

from cms.directory.authoring import add_page
from cms.hubs.models import HubPage
from cms.projects.models import ProjectHubLink, ProjectPage
from tests.factories.places import PlaceFactory
from tests.pages import QUERY_BUDGET, add_projects, count_queries
from tests.worlds import SOURCE

pytestmark = pytest.mark.django_db


def add(network, title, *, hubs=(), **fields):
    page = ProjectPage(title=title, summary="What we do.", **fields)
    page.hub_links = [ProjectHubLink(entry_id=hub.translation_key) for hub in hubs]
    return add_page(parent=network.world.project_lists[SOURCE], page=page, publish=True)


def similar(client, page):
    cards = client.get(page.get_url()).context["similar"]
    return {card["title"]: card["reason"] for card in cards}


def test_each_card_says_what_it_has_in_common(client, network):
    near = PlaceFactory(name="Greven", latitude=network.place.latitude + 0.11, longitude=network.place.longitude)
    add(network, "Another subject nearby", hubs=[network.hub], place=near)
    add(network, "Same subject nearby", hubs=[network.hub], place=near, sectors=[network.sector])
    assert similar(client, network.project) == {
        "Same subject nearby": "Same subject and 12 km away",
        "Another subject nearby": "12 km away and same hub",
    }


def test_other_hubs_stay_out_however_alike(client, network):
    other = add_page(parent=network.world.hub_lists[SOURCE], page=HubPage(title="Kiel", summary="North."), publish=True)
    add(network, "Alike elsewhere", hubs=[other], place=network.place, sectors=[network.sector])
    add(network, "Alike in no hub", place=network.place, sectors=[network.sector])
    add(network, "Alike in the hub above", hubs=[network.parent_hub], place=network.place, sectors=[network.sector])
    assert similar(client, network.project) == {}
    both = add(network, "Alike in both", hubs=[other, network.hub], place=network.place, sectors=[network.sector])
    assert list(similar(client, network.project)) == [both.title]


def test_what_has_no_hub_may_be_like_anything(client, network):
    page = add(network, "Free", sectors=[network.sector])
    assert similar(client, page) == {"Lindenhof warms itself": "Same subject"}


def test_what_has_nothing_in_common_is_not_shown(client, network):
    page = add(network, "Alone")
    assert similar(client, page) == {}
    assert "Similar projects" not in client.get(page.get_url()).content.decode()


def test_drafts_and_parts_are_no_neighbours(client, network):
    hidden = add(network, "Hidden", hubs=[network.hub], sectors=[network.sector])
    hidden.unpublish()
    add(
        network,
        "A part",
        hubs=[network.hub],
        sectors=[network.sector],
        parent_project_id=network.project.translation_key,
    )
    assert similar(client, network.project) == {}


def test_the_page_costs_the_same_however_many_are_alike(client, network):
    add_projects(network, 1)
    few = count_queries(client, network.project.get_url())
    add_projects(network, 12, place=network.place)
    assert count_queries(client, network.project.get_url()) == few <= QUERY_BUDGET


@pytest.mark.parametrize("kind", ["organization", "story"])
def test_organizations_and_stories_have_neighbours_too(client, network, kind):
    page = getattr(network, kind)
    model = type(page)
    other = model(title="Another one", summary="Like it.", sectors=[network.sector])
    other.hub_links = [model.hub_links.rel.related_model(entry_id=network.hub.translation_key)]
    if kind == "organization":
        other.hub_links = [model.hub_links.rel.related_model(entry_id=network.parent_hub.translation_key)]
    add_page(parent=getattr(network.world, f"{kind}_lists")[SOURCE], page=other, publish=True)
    assert similar(client, page) == {"Another one": "Same subject and same hub"}
