import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.blocks.streams import BANDS
from cms.directory.authoring import add_page
from cms.directory.models import Entry
from cms.hubs.models import HubPage, LinkedHub
from tests.markup import read_page
from tests.pages import QUERY_BUDGET, add_projects, count_queries
from tests.streams import landing_blocks, stream
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_a_hub_shows_all_it_has(client, network, language):
    html = client.get(network.urls(network.hub)[language]).content.decode()
    page = read_page(html)
    for words in (
        "Come in.",
        "Hatice Brandt",
        "Ask first.",
        "Stadtwerke",
        "less CO₂",
        "Berlin",
        "Lindenhof warms itself",
    ):
        assert words in html, words
    assert page.all("html")[0]["data-hub"] == str(network.hub.translation_key)
    sheets = [link["href"] for link in page.all("link") if link.get("rel") == "stylesheet"]
    assert any(sheet.startswith(reverse("hub-theme", args=[network.hub.translation_key])) for sheet in sheets)


def test_a_hub_shows_the_hubs_below_it_and_its_projects_when_its_editor_chose_no_bands(client, network):
    html = client.get(network.urls(network.parent_hub)[SOURCE]).content.decode()
    read_page(html)
    assert network.hub.get_url() in html
    assert "Lindenhof warms itself" in html  # it counts in the hub above, too


def test_a_draft_is_not_found(client, network):
    draft = add_page(parent=network.parent_hub, page=HubPage(title="Secret", summary="Not yet."))
    assert client.get(draft.get_url()).status_code == 404


def test_a_preview_shows_the_hubs_that_the_draft_links(network, rf):
    request = rf.get("/")
    assert [card["title"] for card in network.hub.get_context(request)["linked_hubs"]] == ["Berlin"]
    network.hub.linked_hubs = [LinkedHub(entry_id=network.parent_hub.translation_key)]
    request = rf.get("/")
    request.is_preview = True
    assert [card["title"] for card in network.hub.get_context(request)["linked_hubs"]] == ["Westphalia"]


def test_the_page_costs_the_same_with_one_project_and_with_many(client, network):
    urls = network.urls(network.hub)
    few = {language: count_queries(client, url) for language, url in urls.items()}
    add_projects(network, 23)
    assert {language: count_queries(client, url) for language, url in urls.items()} == few
    assert client.get(urls[SOURCE]).content.decode().count('<article class="entry') == 24
    assert max(few.values()) <= QUERY_BUDGET


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_the_page_costs_the_same_with_one_band_and_with_many(client, network, language):
    project = Entry.objects.get(pk=network.project.translation_key)
    blocks = landing_blocks(image=network.image, page=network.project, entry=project, place=network.place)
    bands = [block for block in blocks if block[0] in BANDS]
    newest = next(value for kind, value in bands if kind == "newest")
    kinds = [("newest", {**newest, "title": f"New: {kind}", "kind": kind}) for kind in ("hub", "organization", "story")]
    add_projects(network, 3)
    _fill_hub(network, blocks)
    url = network.urls(network.hub)[language]
    few = count_queries(client, url)
    _fill_hub(network, [*blocks, *kinds, *bands, *kinds])
    assert count_queries(client, url) == few <= QUERY_BUDGET
    html = client.get(url).content.decode()
    read_page(html)


def _fill_hub(network, blocks):
    for locale_page in HubPage.objects.filter(translation_key=network.hub.translation_key):
        locale_page.body = stream(locale_page, blocks)
        locale_page.save_revision().publish()


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_the_list_costs_the_same_for_one_hub_and_for_many(client, network, language):
    url = network.world.hub_lists[language].get_url()
    few = count_queries(client, url)
    for number in range(22):
        add_page(parent=network.world.hub_lists[SOURCE], page=HubPage(title=f"Hub {number}", summary="x"), publish=True)
    assert len(read_page(client.get(url).content.decode()).with_class("index")) == 1
    assert count_queries(client, url) == few <= QUERY_BUDGET


def test_the_stylesheets_hold_the_colours_of_hubs(client, network):
    key = str(network.hub.translation_key)
    HubPage.objects.filter(translation_key=key).update(accent_day="#1f5f8b", headline="sans")
    for url in (reverse("hub-theme", args=[key]), reverse("hub-themes")):
        response = client.get(url)
        assert response["Content-Type"].startswith("text/css")
        rule = next(line for line in response.content.decode().splitlines() if key in line)
        assert "--hub-accent:light-dark(#1f5f8b,#7dcc9c);" in rule
        assert "--headline-face:var(--sans)" in rule


def test_drafts_have_no_rule_in_the_stylesheet_of_all_hubs(client, network):
    draft = add_page(parent=network.parent_hub, page=HubPage(title="Secret", summary="Not yet."))
    assert str(draft.translation_key) not in client.get(reverse("hub-themes")).content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"accent_day": "#f0e68c"}, "accent_day"),
        ({"paper_day": "#3a5a40"}, "paper_day"),
        ({"accent_night": "#123524"}, "accent_night"),
        ({"paper_night": "#8a9a92"}, "paper_night"),
    ],
)
def test_colours_on_which_nobody_could_read_are_refused(fields, wrong):
    with pytest.raises(ValidationError) as refused:
        HubPage(title="Hub", **fields).clean()
    assert wrong in refused.value.message_dict
    assert "contrast" in str(refused.value.message_dict[wrong])


def test_readable_colours_are_taken():
    HubPage(title="Hub", accent_day="#1f5f8b", accent_night="#8ec3ea", paper_day="#f3f4f1").clean()
