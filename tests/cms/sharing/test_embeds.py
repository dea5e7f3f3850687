import json
import uuid
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given
from hypothesis import strategies as st

from cms.sharing.codes import short_code
from cms.sharing.oembed import target_of
from tests.factories.directory import make_entry, save_entries
from tests.markup import read_page
from tests.pages import add_projects, count_queries
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db
MOST_BYTES = 15_000


def policy_of(answer):
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


def check_widget(answer, status=200):
    """What holds for everything that stands in a frame."""
    assert answer.status_code == status
    policy = policy_of(answer)
    assert policy["frame-ancestors"] == ["*"]
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer.headers
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert "Vary" not in answer.headers
    markup = read_page(answer.content.decode())
    assert not markup.all("script")
    styles = [link["href"] for link in markup.all("link") if link["rel"] == "stylesheet"]
    own = sum(len(open(finders.find(href.removeprefix("/static/"))).read()) for href in styles if "/static/" in href)  # noqa: PTH123, SIM115
    assert len(answer.content) + own <= MOST_BYTES
    assert all(a["target"] == "_blank" and a["rel"] == "noopener" for a in markup.all("a"))
    return markup


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_a_card_stands_in_any_frame(client, network, language):
    markup = check_widget(client.get(f"/embed/{language}/{network.project.translation_key}/"))
    assert markup.all("html")[0]["lang"] == language
    assert network.urls(network.project)[language] in [a["href"] for a in markup.all("a")]


def test_no_other_page_may_be_framed(client, network):
    for url in ("/en/", network.urls(network.project)[SOURCE], "/en/feeds/atom.xml", "/oembed/"):
        answer = client.get(url)
        assert policy_of(answer)["frame-ancestors"] == ["'none'"], url
        assert answer.headers["X-Frame-Options"] == "DENY", url


def test_a_list_shows_the_newest_of_a_hub(client, network):
    add_projects(network, 6)
    for hub in (network.hub.slug, network.hub.translation_key):
        markup = check_widget(client.get(f"/embed/en/list/?hub={hub}&kind=project"))
        assert len(markup.all("li")) == 5
    assert len(check_widget(client.get("/embed/de/list/?kind=hub")).all("li")) == 3
    assert not check_widget(client.get(f"/embed/en/list/?hub={network.hub.slug}&kind=hub")).all("li")


def test_what_is_gone_says_so_in_the_frame(client, network):
    hidden = save_entries([make_entry(state="draft"), make_entry("hub", state="draft")])
    for rest in (hidden[0].pk, uuid.uuid4(), f"list/?hub={hidden[1].pk}", "list/?hub=nothing", "list/?hub="):
        address = f"/embed/en/{rest}" if "?" in str(rest) else f"/embed/en/{rest}/"
        check_widget(client.get(address), 404)
    check_widget(client.get("/embed/en/list/?kind=event"), 400)
    check_widget(client.get(f"/embed/xx/{network.project.translation_key}/"), 404)
    assert client.post(f"/embed/en/{network.project.translation_key}/").status_code == 405


def test_a_widget_costs_few_queries(client, network):
    assert count_queries(client, f"/embed/en/{network.project.translation_key}/") <= 4
    few = count_queries(client, "/embed/en/list/")
    add_projects(network, 8)
    assert count_queries(client, "/embed/en/list/") == few <= 4


def ask(client, **parameters):
    return client.get("/oembed/", parameters)


def address_of(network, language=SOURCE):
    return f"http://testserver{network.urls(network.project)[language]}"


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_oembed_answers_for_an_entry(client, network, language):
    answer = ask(client, url=address_of(network, language) + "?utm_source=x#share")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    said = json.loads(answer.content)
    assert (said["version"], said["type"], said["width"], said["height"]) == ("1.0", "rich", 600, 220)
    assert f'src="http://testserver/embed/{language}/{network.project.translation_key}/"' in said["html"]
    assert client.get(said["thumbnail_url"]).status_code == 200
    assert (said["thumbnail_width"], said["thumbnail_height"]) == (1200, 630)
    answer = ask(client, url=address_of(network, language), format="xml")
    written = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    assert written.tag == "oembed"
    assert {element.tag: element.text for element in written} == {name: str(value) for name, value in said.items()}


def test_oembed_keeps_to_the_size_that_is_asked_for(client, network):
    said = json.loads(ask(client, url=address_of(network), maxwidth="320", maxheight="300").content)
    assert (said["width"], said["height"]) == (320, 300)
    assert "thumbnail_url" not in said
    assert ask(client, url=address_of(network), maxwidth="100").status_code == 404


def test_a_short_link_is_one_of_our_addresses(client, network):
    link = f"http://testserver/s/{short_code(network.project.translation_key)}"
    assert json.loads(ask(client, url=link).content)["title"] == network.project.title


def test_oembed_refuses_as_the_specification_has_it(client, network):
    good = address_of(network)
    assert ask(client).status_code == 400
    assert ask(client, url="").status_code == 400
    assert ask(client, url=good, format="yaml").status_code == 501
    for size in ("0", "-1", "x", "1e3", "٣", "9" * 40, ""):
        assert ask(client, url=good, maxwidth=size).status_code == 400, size
    draft = save_entries([make_entry(state="draft")])[0]
    for url in (
        good.replace("testserver", "evil.example"), good.replace("http:", "javascript:"), good.replace("http:", "ftp:"),
        "http://[", "http://testserver/", "http://testserver/en/", "http://testserver/xx/projects/x/", "testserver/en/",
        f"http://testserver{draft.paths['en']}", "http://testserver@evil.example/en/", "http://testserver/s/x",
        "http://testserver/en/%00/", "http://testserver/en/projects/%F0%9F%A6%9C/", "x" * 5000,
    ):  # fmt: skip
        assert ask(client, url=url).status_code == 404, url


@given(st.text(max_size=60))
def test_any_text_is_no_address_of_ours(text):
    assert target_of(text, {"testserver"}) is None


def test_entries_name_their_oembed_address_and_it_answers(client, network):
    markup = read_page(client.get(network.urls(network.project)[SOURCE]).content.decode())
    links = {link["type"]: link["href"] for link in markup.all("link") if "oembed" in link.get("type", "")}
    assert set(links) == {"application/json+oembed", "text/xml+oembed"}
    for href in links.values():
        assert client.get(href).status_code == 200
    assert "oembed" not in client.get("/en/").content.decode()
