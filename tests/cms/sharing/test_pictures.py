import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image
from wagtail.models import PageViewRestriction

from cms.core import art
from cms.core.slots import Slots
from cms.sharing import pictures
from cms.sharing.colours import HUES, fills, from_lab, rgb, to_lab
from cms.sharing.plotter import outlines, paint
from cms.sharing.posters import HEIGHT, WIDTH, Poster, render
from tests.markup import read_page
from tests.pages import add_projects, count_queries
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db
TOKENS = Path(settings.ROOT) / "cms/core/static/groundswell/css/tokens.css"


def poster_of(client, url):
    html = client.get(url).content.decode()
    return unescape(re.search(r'property="og:image" content="http://testserver([^"]+)"', html)[1])


def opened(answer):
    assert answer.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(answer.content))


def test_every_public_page_has_a_poster_of_the_size_it_names(client, network):
    pages = [network.hub, network.organization, network.project, network.story, network.content, network.contact]
    urls = [url for page in pages for url in network.urls(page).values()]
    urls += ["/en/", "/de/", network.world.project_lists[SOURCE].get_url()]
    seen = set()
    for url in urls:
        page = read_page(client.get(url).content.decode())
        said = {meta["property"]: meta["content"] for meta in page.all("meta") if meta.get("property")}
        address = said["og:image"].removeprefix("http://testserver")
        answer = client.get(address)
        assert answer.status_code == 200, url
        assert opened(answer).size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
        assert said["og:image:alt"]
        assert said["og:title"]
        seen.add(address)
    assert len(seen) == len(urls)


def test_a_poster_can_be_kept_for_ever_and_shown_anywhere(client, network):
    answer = client.get(poster_of(client, network.urls(network.project)[SOURCE]))
    assert "immutable" in answer.headers["Cache-Control"]
    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    assert "Vary" not in answer.headers


def test_only_the_hash_that_we_named_is_drawn_and_stored(client, network, monkeypatch):
    network.project.title = "Never drawn before"
    network.project.save_revision().publish()
    address = poster_of(client, network.urls(network.project)[SOURCE])
    drawn = []
    monkeypatch.setattr(pictures, "render", lambda *arguments: drawn.append(arguments) or render(*arguments))
    folder, _slash, name = address.rpartition("/")
    for wrong in ("0" * 32, name[:-5], "x", "A" * 200, name.removesuffix(".png")[:-1] + "g"):
        assert client.get(f"{folder}/{wrong}.png").status_code == 404
    assert client.get(address.replace("/en/", "/de/", 1)).status_code == 404
    assert client.get(address.replace("/en/", "/xx/", 1)).status_code == 404
    assert not drawn
    assert client.get(address).status_code == client.get(address).status_code == 200
    assert len(drawn) == 1


def test_a_new_title_is_a_new_poster_and_the_old_one_goes(client, network):
    url = network.urls(network.project)[SOURCE]
    old = poster_of(client, url)
    client.get(old)
    network.project.title = "Lindenhof, warm at last"
    network.project.save_revision().publish()
    new = poster_of(client, url)
    assert new != old
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    files = default_storage.listdir(f"{pictures.FOLDER}/{network.project.translation_key}")[1]
    assert len([name for name in files if name.startswith(f"{SOURCE}.")]) == 1


def test_two_processes_that_draw_at_once_keep_one_file(network, monkeypatch):
    key, poster = network.project.translation_key, Poster("Both draw this")
    there = default_storage.exists
    first = pictures.poster_file(key, TARGET, poster)
    # The other process looked twice before the first had stored its file.
    looks = iter([False, False])
    monkeypatch.setattr(default_storage, "exists", lambda name: next(looks, None) is None and there(name))
    second = pictures.poster_file(key, TARGET, poster)
    assert next(looks, None) is None
    assert second == first
    files = default_storage.listdir(f"{pictures.FOLDER}/{key}")[1]
    assert len([name for name in files if name.startswith(f"{TARGET}.")]) == 1


def test_what_is_not_public_has_no_poster(client, network):
    url = network.urls(network.content)[SOURCE]
    address = poster_of(client, url)
    assert client.get(address).status_code == 200
    PageViewRestriction.objects.create(page=network.content, restriction_type="password", password="friend")
    assert client.get(address).status_code == 404
    project = add_projects(network, 1)[0]
    address = poster_of(client, project.get_url())
    project.unpublish()
    assert client.get(address).status_code == 404


def test_the_parts_of_a_page_cost_no_query(client, network, monkeypatch):
    url = network.urls(network.project)[SOURCE]
    with_parts = count_queries(client, url)
    monkeypatch.setattr("cms.core.page_parts._slots", Slots())
    assert count_queries(client, url) == with_parts


@pytest.mark.parametrize(
    "title",
    ["", "A", "سقف شمسي", "🌱" * 50, "x" * 255, "word " * 50, "Nachbarschaftswärmeplanungsversammlung", "\x00\n"],
)
def test_any_title_makes_a_poster(title):
    made = Image.open(io.BytesIO(render(Poster(title, kicker=title, note=title, network=title, hue="no such hue"))))
    assert (made.size, made.format) == ((WIDTH, HEIGHT), "PNG")


def test_the_photograph_stands_beside_the_words():
    red = Image.new("RGB", (300, 200), "#ff0000")
    made = Image.open(io.BytesIO(render(Poster("Red", credit="Renke Voss"), red)))
    assert made.getpixel((1000, 300)) == (255, 0, 0)
    assert made.getpixel((10, 10)) != (255, 0, 0)


@pytest.mark.parametrize("title", [f"Title {number}" for number in range(8)])
def test_every_drawing_can_be_painted(title):
    palette = fills(HUES["water"])
    painted = paint(art.draw(title, None), (60, 40), palette)
    assert painted.size == (60, 40)
    assert len(painted.getcolors(5000)) > 3


def test_paths_are_read_as_browsers_read_them():
    assert list(outlines("M0 0L10 0v5l-10 0z")) == [[(0, 0), (10, 0), (10, 5), (0, 5), (0, 0)]]
    curve = next(outlines("M0 0q10 0 10 10"))
    assert curve[-1] == (10, 10)
    assert list(outlines("")) == []
    with pytest.raises(KeyError):
        list(outlines("M0 0A1 1 0 0 1 2 2"))


def test_the_hues_are_those_of_the_stylesheet():
    assert dict(re.findall(r"--sector-(\w+): light-dark\((#\w{6})", TOKENS.read_text())) == HUES


def test_colours_come_back_from_the_space_they_are_mixed_in():
    for colour in [*HUES.values(), "#000000", "#ffffff"]:
        assert from_lab(to_lab(colour)) == rgb(colour)
