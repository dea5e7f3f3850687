import re

import pytest
from django.core.exceptions import ValidationError

from cms.blocks.templatetags.block_runs import runs
from cms.blocks.video import VideoBlock
from cms.core.live_blocks import LiveBlock, register_live_block, unregister_live_block
from cms.core.sections import register_section, unregister_section
from cms.pages.models import ContentPage
from tests.markup import read_page
from tests.pages import add_projects
from tests.streams import stream
from tests.worlds import SOURCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client, network):
    """Put blocks on a content page and return it as visitors get it."""

    def publish(*blocks):
        page = ContentPage.objects.get(pk=network.content.pk)
        page.body = stream(page, list(blocks))
        page.save_revision().publish()
        return client.get(page.get_url()).content.decode()

    return publish


@pytest.mark.parametrize(
    ("address", "host", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871"),
    ],
)
def test_a_film_loads_nothing_before_somebody_presses_play(show, address, host, frame):
    html = show(("video", {"address": address, "title": "How we drilled", "poster": _no_picture()}))
    page = read_page(html)
    assert not page.all("iframe")
    assert f"Nothing is loaded from {host} until you press play." in page.text
    play = page.with_class("video-play")[0]
    assert play["href"] == address
    assert page.all("video-player")[0]["data-player"].startswith(frame)
    assert page.with_class("art")
    assert any("video-player.js" in script["src"] for script in page.all("script"))
    assert not [image for image in page.all("img") if host.lower() in image["src"]]


def _no_picture():
    return {"image": None, "alt_text": "", "decorative": False}


def test_only_known_hosts_are_taken():
    block = VideoBlock()
    value = {"address": "https://evil.example/watch?v=1234567", "title": "x", "poster": None}
    with pytest.raises(ValidationError):
        block.clean(block.normalize(value))


def test_a_film_of_an_unknown_host_that_got_in_leaves_no_trace(show):
    page = read_page(show(("video", {"address": "https://evil.example/x", "title": "Bad", "poster": _no_picture()})))
    assert not page.all("video-player")
    assert "Bad" not in page.text


def test_facts_that_follow_each_other_share_a_column(network, show):
    fact = {"value": "83", "unit": "%", "label": "of heat"}
    band = {"title": "Newest", "text": "", "kind": "story", "order": "newest", "number": 3}
    page = read_page(show(("fact", fact), ("fact", fact), ("newest", band), ("fact", fact)))
    assert len(page.with_class("fact")) == 3
    assert len(page.with_class("blocks")) == 2
    body = ContentPage.objects.get(pk=network.content.pk).body
    assert [(run.is_band, len(run.blocks)) for run in runs(body)] == [(False, 2), (True, 1), (False, 1)]


def test_each_picture_keeps_the_words_of_its_place(network, show):
    def picture(words):
        return (
            "picture",
            {"image": {"image": network.image.pk, "alt_text": words, "decorative": not words}, "caption": ""},
        )

    page = read_page(show(picture("A shovel"), picture("Two shovels"), picture("")))
    assert [image["alt"] for image in page.all("img")] == ["A shovel", "Two shovels", ""]


def test_a_deleted_picture_leaves_the_page_standing(show):
    lost = {"image": {"image": 987654, "alt_text": "gone", "decorative": False}, "caption": ""}
    page = read_page(show(("picture", lost), ("gallery", {"pictures": []}), ("text", "<p>Still here.</p>")))
    assert "Still here." in page.text


def test_chosen_entries_keep_the_editor_s_order_and_drafts_stay_away(network, show):
    keys = [network.story.translation_key, network.project.translation_key, network.organization.translation_key]
    network.organization.unpublish()
    for page in network.organization.get_translations():
        page.unpublish()
    chosen = [{"type": "item", "value": str(key), "id": str(number)} for number, key in enumerate(keys)]
    page = read_page(show(("chosen", {"title": "Picked", "text": "", "chosen": chosen})))
    titles = [text for text in page.text if text in {"The year of the shovel", "Lindenhof warms itself"}]
    assert titles == ["The year of the shovel", "Lindenhof warms itself"]
    assert "Lindenhof Housing Co-op" not in page.text


def test_bands_of_one_page_keep_to_themselves(network, show):
    """They are read in one statement; each still has its own kind, order and number."""
    add_projects(network, 3)
    projects = {"title": "New", "text": "", "kind": "project", "order": "newest", "number": 2}
    stories = {"title": "Told", "text": "", "kind": "story", "order": "lively", "number": 24}
    keys = [network.project.translation_key, network.story.translation_key]
    chosen = [{"type": "item", "value": str(key), "id": str(number)} for number, key in enumerate(keys)]
    html = show(
        ("newest", projects), ("chosen", {"title": "Picked", "text": "", "chosen": chosen}), ("newest", stories)
    )
    entries = ["Roof number 0", "Roof number 1", "Roof number 2", "Lindenhof warms itself", "The year of the shovel"]
    headings = [re.findall(r"<h3.*?</h3>", band, re.DOTALL) for band in html.split('<section class="band"')[1:]]
    shown = [[entry for heading in band for entry in entries if entry in heading] for band in headings]
    assert shown == [["Roof number 2", "Roof number 1"], ["Lindenhof warms itself", entries[-1]], [entries[-1]]]


def test_a_band_without_entries_says_so(network, show):
    network.story.unpublish()
    for page in network.story.get_translations():
        page.unpublish()
    band = {"title": "Newest", "text": "", "kind": "story", "order": "newest", "number": 3}
    assert read_page(show(("newest", band))).with_class("empty")


def test_a_call_to_a_page_that_is_gone_has_no_button(network, show):
    call = {"title": "Help", "text": "", "label": "I am in", "page": network.story.pk, "address": ""}
    assert f'href="{network.story.get_url()}"' in show(("call", call))
    network.story.unpublish()
    assert "I am in" not in show(("call", call))


def test_a_live_feature_shows_what_its_app_renders_and_nothing_without_the_app(show):
    block = ("live", {"feature": "goal", "title": "Our goal"})
    register_live_block(LiveBlock("goal", "Goal", lambda context: f"<p>Live {context['value']['title']}</p>"))
    try:
        assert "Live Our goal" in read_page(show(block)).text
    finally:
        unregister_live_block("goal")
    page = read_page(show(block))
    assert "Our goal" not in page.text
    assert not page.with_class("live")


def test_a_section_shows_on_every_page_of_its_kind_and_leaves_no_trace(client, network):
    pages = {
        "hub": network.hub,
        "organization": network.organization,
        "project": network.project,
        "story": network.story,
    }
    for kind, page in pages.items():
        register_section(kind=kind, name="ideas", component=lambda _request, page: f"<p>Ideas for {page.title}</p>")
        try:
            shown = read_page(client.get(network.urls(page)[SOURCE]).content.decode())
            assert f"Ideas for {page.title}" in shown.text
        finally:
            unregister_section(kind=kind, name="ideas")
        assert "Ideas for" not in client.get(network.urls(page)[SOURCE]).content.decode()
