"""What pages say to other programs, and how readers pass them on."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from cms.sharing.codes import short_code
from cms.sharing.components import territory_locale
from cms.sharing.structured_data import to_json
from tests.markup import Markup, read_page
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def things(client, url):
    html = client.get(url).content.decode()
    found = DATA.findall(html)
    assert len(found) == 1
    document = json.loads(found[0])
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def test_every_kind_of_page_says_what_it_is_about(client, network):
    project = things(client, network.urls(network.project)[SOURCE])
    assert project["Project"]["name"] == network.project.title
    assert project["Project"]["foundingDate"] == "2024-03-12"
    assert [one["name"] for one in project["Project"]["member"]] == ["Lindenhof Housing Co-op"]
    assert project["Project"]["location"]["geo"]["latitude"] == network.place.latitude
    crumbs = project["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2]
    assert crumbs[-1]["name"] == network.project.title
    organization = things(client, network.urls(network.organization)[SOURCE])["Organization"]
    assert organization["sameAs"] == network.organization.website
    story = things(client, network.urls(network.story)[SOURCE])["Article"]
    assert (story["headline"], story["author"]["name"]) == (network.story.title, "Hatice Brandt")
    assert things(client, network.urls(network.hub)[SOURCE])["Place"]["address"]["addressCountry"]
    assert things(client, network.urls(network.parent_hub)[SOURCE])["Organization"]["name"] == "Westphalia"
    assert things(client, "/en/")["WebSite"]["inLanguage"] == SOURCE
    assert things(client, network.urls(network.content)[SOURCE])["WebPage"]


def test_no_title_breaks_out_of_the_data(client, network):
    network.project.title = "</script><script>alert(1)</script> & <!-- \u2028"
    network.project.save_revision().publish()
    url = network.urls(network.project)[SOURCE]
    html = client.get(url).content.decode()
    assert "<script>alert" not in html
    assert json.loads(DATA.search(html)[1])["@graph"][0]["name"] == network.project.title
    assert "<" not in to_json({"a": "</script>"})


def test_social_networks_learn_language_type_and_words(client, network):
    for page, kind in ((network.project, "website"), (network.story, "article")):
        markup = read_page(client.get(network.urls(page)[TARGET]).content.decode())
        said = {meta["property"]: meta["content"] for meta in markup.all("meta") if meta.get("property")}
        assert said["og:type"] == kind
        assert said["og:locale"] == "de_DE"
        assert said["og:locale:alternate"] == "en_US"
        assert said["og:description"] == page.summary
        cards = [meta["content"] for meta in markup.all("meta") if meta.get("name") == "twitter:card"]
        assert cards == ["summary_large_image"]


@pytest.mark.parametrize(
    ("language", "locale"), [("en", "en_US"), ("de", "de_DE"), ("pt-br", "pt_BR"), ("zh-hant", "zh_TW")]
)
def test_languages_get_a_country(language, locale):
    assert territory_locale(language) == locale


def test_readers_find_link_mail_code_and_widget(client, network):
    page = network.project
    html = client.get(network.urls(page)[SOURCE]).content.decode()
    markup = read_page(html)
    link = f"http://testserver/s/{short_code(page.translation_key)}"
    fields = {field["id"]: field for field in markup.all("input") if field.get("id")}
    assert fields["share-address"]["value"] == link
    assert "readonly" in fields["share-address"]
    mail = next(a["href"] for a in markup.all("a") if a.get("href", "").startswith("mailto:?"))
    assert parse_qs(urlsplit(mail).query) == {"subject": [page.title], "body": [link]}
    assert "+" not in mail
    assert (
        client.get(next(image["src"] for image in markup.all("img") if image["src"].endswith("qr.svg"))).status_code
        == 200
    )
    assert "&lt;iframe src=&quot;http://testserver/embed/en/" in html
    assert all("hidden" in button for button in markup.all("button") if "data-copy" in button or "data-share" in button)


def test_no_title_breaks_out_of_the_code_to_copy(client, network):
    network.project.title = 'A "roof" </textarea><script>alert(1)</script>'
    network.project.save_revision().publish()
    html = client.get(network.urls(network.project)[SOURCE]).content.decode()
    code = unescape(html.partition('id="share-frame"')[2].partition(">")[2].partition("</textarea>")[0])
    frames = Markup(code).all("iframe")
    assert [frame["title"] for frame in frames] == [network.project.title]


def test_pages_that_are_no_entries_have_nothing_to_share(client, network):
    for url in (
        "/en/",
        network.urls(network.content)[SOURCE],
        network.world.project_lists[SOURCE].get_url(),
        "/en/no/",
    ):
        html = client.get(url).content.decode()
        assert 'class="share"' not in html, url
        assert "share.js" not in html, url
