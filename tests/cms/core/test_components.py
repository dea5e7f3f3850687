import re
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest
from allauth.account.forms import LoginForm
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation

from cms.core import styleguide as sample
from cms.core.sections import register_section, unregister_section
from cms.core.styles import PARTS, SITE
from cms.core.templatetags.groundswell import soften

TEMPLATES = Path(sample.__file__).parent / "templates"
STATIC = Path(sample.__file__).parent / "static"
VOID = {"meta", "link", "img", "input", "hr", "br", "path", "circle", "use"}
FRAME = {
    "site_name": "Groundswell",
    "page_title": "Lindenhof warms itself",
    "page_description": "Eighty flats & one lake of heat",
    "canonical_url": "https://groundswell.example/en/lindenhof/",
    "alternates": [{"hreflang": "de", "url": "https://groundswell.example/de/lindenhof/"}],
    "navigation": [
        {
            "title": "Projects",
            "url": "/en/projects/",
            "is_current": True,
            "children": [{"title": "Energy", "url": "/en/projects/?sector=energy"}],
        }
    ],
    "breadcrumbs": [{"title": "Projects", "url": "/en/projects/"}],
    "language_links": [
        {"code": "en", "name": "English", "url": "/en/", "is_current": True},
        {"code": "de", "name": "Deutsch", "url": "/de/", "is_current": False},
    ],
    "footer_columns": [{"title": "About", "links": [{"title": "Imprint", "url": "/en/imprint/"}]}],
    "social_links": [{"name": "Mastodon", "url": "https://social.example/"}],
    "footer_text": "Run by the city alliance.",
    "theme_key": "muenster",
    "theme_url": "/themes/muenster.css",
}


def _nothing(request, **kwargs):
    return HttpResponse()


urlpatterns = [
    path("art/<str:sector>/<str:slug>.svg", _nothing, name="art"),
    path("accounts/", include("allauth.urls")),
    # What the footer and the head of every page link.
    path("feeds/", include("cms.sharing.feed_urls")),
    path("personal/", _nothing, name="personal"),
]
pytestmark = pytest.mark.urls(__name__)


class Markup(HTMLParser):
    """Reads a page strictly: every tag closed in its order, nothing written twice, no error by the HTML standard."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.faults = [], [], []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> never closed" for tag in self.open]
        parser = html5lib.HTMLParser()
        if "<!doctype" in html.lower():
            parser.parse(html)
        else:
            parser.parseFragment(html)
        self.faults += [f"line {line}: {code} {details}" for (line, _column), code, details in parser.errors]

    def handle_starttag(self, tag, attributes):
        self.handle_startendtag(tag, attributes)
        if tag not in VOID or self.get_starttag_text().endswith("/>"):
            self.open.append(tag)
        if tag in VOID:
            self.open = [name for name in self.open if name not in VOID]

    def handle_startendtag(self, tag, attributes):
        names = [name for name, _value in attributes]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> repeats an attribute")
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else, line {self.getpos()[0]}")

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def values(self, attribute):
        return [attributes[attribute] for _tag, attributes in self.elements if attributes.get(attribute)]


def render(name, context=None, url="/en/projects/lindenhof/"):
    return render_to_string(name, context or {}, request=_request(url))


def _request(url="/en/"):
    request = RequestFactory().get(url)
    request.user = AnonymousUser()
    return request


@pytest.fixture
def guide():
    return Markup(render("core/styleguide.html", FRAME | sample.styleguide()))


def test_the_frame_is_well_formed_and_has_its_landmarks():
    page = Markup(render("core/base.html", FRAME))
    assert page.faults == []
    assert [len(page.all(tag)) for tag in ("header", "main", "footer", "title")] == [1, 1, 1, 1]
    assert page.all("html") == [{"lang": "en", "data-hub": "muenster"}]
    skip = next(link for link in page.all("a") if link.get("class") == "skip")
    assert skip["href"] == f"#{page.all('main')[0]['id']}"
    navigations = [navigation.get("aria-label") for navigation in page.all("nav")]
    assert None not in navigations
    assert {"rel": "stylesheet", "href": "/themes/muenster.css"} in page.all("link")


def test_the_frame_tells_search_engines_where_things_are():
    page = Markup(render("core/base.html", FRAME))
    links = {(link.get("rel"), link.get("hreflang")): link["href"] for link in page.all("link")}
    assert links["canonical", None] == FRAME["canonical_url"]
    assert links["alternate", "de"] == FRAME["alternates"][0]["url"]
    meta = {item.get("property") or item.get("name"): item.get("content") for item in page.all("meta")}
    assert meta["og:title"] == FRAME["page_title"]
    assert meta["description"] == FRAME["page_description"]


@pytest.mark.parametrize(("code", "direction"), [("de", None), ("fr", None), ("ar", "rtl")])
def test_the_frame_speaks_any_language(code, direction):
    with translation.override(code):
        (html,) = Markup(render("core/base.html", FRAME)).all("html")
    assert (html["lang"], html.get("dir")) == (code, direction)


def test_content_in_another_language_says_so():
    page = Markup(render("core/base.html", FRAME | {"content_language": "de"}))
    assert page.all("main")[0]["lang"] == "de"
    assert page.all("html")[0]["lang"] == "en"


def test_the_frame_is_the_same_for_everybody():
    assert "csrf" not in render("core/base.html", FRAME)


def test_the_style_guide_is_well_formed(guide):
    assert guide.faults == []
    assert len(guide.all("h1")) == 1


def test_ids_are_unique_and_references_lead_somewhere(guide):
    ids = guide.values("id")
    assert sorted(ids) == sorted(set(ids))
    references = [
        word for name in ("aria-labelledby", "aria-describedby", "for", "popovertarget") for word in guide.values(name)
    ]
    assert {name for reference in references for name in reference.split()} <= set(ids)
    assert {href[1:] for href in guide.values("href") if href.startswith("#")} <= set(ids)


def test_pictures_have_alternatives_and_icons_exist(guide):
    assert all("alt" in image for image in guide.all("img"))
    symbols = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "groundswell/img/icons.svg").read_text(encoding="utf-8")))
    used = {use["href"].partition("#")[2] for use in guide.all("use") if "icons" in use["href"]}
    assert used == symbols


def test_nothing_is_inline(guide):
    assert guide.values("style") == []
    assert guide.all("style") == []
    assert all(script.get("src") for script in guide.all("script"))
    assert not [name for _tag, attributes in guide.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: str(file.relative_to(TEMPLATES))
)
def test_no_template_has_inline_style_or_script(template):
    text = template.read_text(encoding="utf-8")
    assert get_template(str(template.relative_to(TEMPLATES)))
    assert not re.search(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=["']|javascript:""", text)


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html"])
def test_error_pages_render_without_a_context(name):
    page = Markup(render(name))
    assert page.faults == []
    assert len(page.all("h1")) == 1


def test_the_worst_error_page_needs_neither_context_nor_request():
    page = Markup(get_template("500.html").render())
    assert page.faults == []
    assert len(page.all("h1")) == 1


ENTRY = {
    "title": "Wärme <b>für</b> alle",
    "url": "/en/projects/warmth/",
    "summary": "Three streets",
    "kind": "project",
    "kind_label": "Project",
    "sector_name": "Energy",
    "sector_hue": "energy",
    "status_name": "Under way",
    "status_phase": "active",
    "place_name": "Münster",
    "meta": ["Münster", "since 2021"],
    "image": None,
    "language": "",
}


@pytest.mark.parametrize("variant", ["", "lead", "side", "row"])
def test_an_entry_without_a_picture_shows_its_drawing(variant):
    html = render("core/components/entry.html", {"entry": ENTRY, "variant": variant})
    entry = Markup(html)
    assert entry.faults == []
    assert entry.all("article")[0]["class"].split() == ["entry", f"is-{variant}"][: 2 if variant else 1]
    assert entry.all("use") == [{"href": "/art/energy/warme-bfurb-alle.svg#art"}]
    assert "<b>" not in html
    assert html.count("Münster") == 1


def test_an_entry_with_a_picture_shows_it():
    image = {"url": "/media/a.webp", "width": 600, "height": 400, "alt": "A roof"}
    entry = Markup(render("core/components/entry.html", {"entry": ENTRY | {"image": image}}))
    (picture,) = entry.all("img")
    assert (picture["src"], picture["alt"], picture["width"], picture["loading"]) == (
        "/media/a.webp",
        "A roof",
        "600",
        "lazy",
    )
    assert entry.all("use") == []


def test_an_entry_in_another_language_says_which():
    html = render("core/components/entry.html", {"entry": ENTRY | {"language": "de"}})
    assert Markup(html).all("h3") == [{"lang": "de"}]
    assert "in German" in html


def test_an_entry_without_a_sector_names_its_kind():
    html = render("core/components/entry.html", {"entry": ENTRY | {"sector_name": "", "sector_hue": ""}})
    assert "Project" in html
    assert "/art/any/" in html


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("planned", "planned"),
        ("recruiting", "recruiting"),
        ("active", "running"),
        ("done", "done"),
        ("paused", "paused"),
    ],
)
def test_every_phase_has_a_mark_of_its_own(phase, expected):
    html = render("core/components/status.html", {"name": "Word", "phase": phase})
    css = (STATIC / "groundswell/css/components/label.css").read_text(encoding="utf-8")
    assert f"is-{expected}" in html
    assert f".status.is-{expected}" in css


def test_a_wrong_field_points_at_its_error_and_the_summary_at_the_field():
    form = sample.SampleForm({"cost": "about 900"})
    page = Markup(render("core/components/form_fields.html", {"form": form}))
    title = next(field for field in page.all("input") if field.get("name") == "title")
    assert title["aria-invalid"] == "true"
    assert set(title["aria-describedby"].split()) <= set(page.values("id"))
    assert "#id_title" in [link["href"] for link in page.all("a")]


def test_pager_writes_the_addresses_that_it_is_given_and_nothing_that_came_along():
    html = render("core/components/pager.html", sample.styleguide(), url="/en/projects/?utm_source=x&page=2")
    assert 'href="?sector=energy"' in html
    assert 'href="?sector=energy&amp;page=3"' in html
    assert "utm_source" not in html


def test_the_way_back_to_the_first_page_of_everything_is_the_bare_address():
    context = {"pager": sample.styleguide()["pager"] | {"back": "?"}}
    html = render("core/components/pager.html", context, url="/en/projects/?page=2")
    assert 'href="/en/projects/"' in html


def test_language_notice_names_both_languages_in_the_readers_own():
    html = render("core/components/language_notice.html", {"wanted_language": "de", "shown_language": "en"})
    assert "not yet available in German; you are reading it in English" in html


@pytest.mark.django_db
def test_sign_in_page_is_ours():
    request = _request("/accounts/login/")
    page = Markup(render_to_string("account/login.html", FRAME | {"form": LoginForm(request=request)}, request=request))
    assert page.faults == []
    assert {"login", "password"} <= {field.get("name") for field in page.all("input") if field.get("class") == "input"}
    assert page.all("form")[0]["class"] == "form"


@pytest.fixture
def kind():
    kind = "sample-kind"
    yield kind
    for name in ("chat", "ideas"):
        unregister_section(kind=kind, name=name)


def test_sections_are_rendered_in_their_order(kind):
    class Page:
        entry_kind = kind
        title = "Münster"

    register_section(kind=kind, name="chat", component=lambda request, page: f"<p>chat in {page.title}</p>", order=20)
    register_section(kind=kind, name="ideas", component=lambda request, page: f"<p>{request.path}</p>", order=10)
    template = Template("{% load groundswell %}{% sections page %}")
    html = template.render(Context({"page": Page(), "request": _request("/en/")}))
    assert html == "<p>/en/</p><p>chat in Münster</p>"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nachbarschaftswärmeplanung", "Nachbarschafts\u00adwärmeplanung"),
        ("Zeitungsartikel", "Zeitungs\u00adartikel"),
        ("Wohnungstausch", "Wohnungstausch"),
        ("Internationalization of hubs", "Internationalization of hubs"),
    ],
)
def test_only_long_compounds_get_soft_hyphens(title, expected):
    assert soften(title) == expected


def _stylesheets():
    return {file: file.read_text(encoding="utf-8") for file in (STATIC / "groundswell/css").rglob("*.css")}


def test_every_stylesheet_that_the_frame_links_exists():
    page = Markup(render("core/base.html"))
    linked = [link["href"].removeprefix("/static/") for link in page.all("link") if link.get("rel") == "stylesheet"]
    assert linked[0] == SITE
    assert PARTS[0].endswith("reset.css")
    assert [name for name in linked if not finders.find(name)] == []


def test_stylesheets_use_only_tokens_that_are_defined():
    text = "\n".join(_stylesheets().values())
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) <= set(re.findall(r"(--[\w-]+):", text))


def test_pictures_in_stylesheets_exist_and_nothing_is_imported():
    for file, text in _stylesheets().items():
        assert "@import" not in text
        for address in re.findall(r'url\("([^"]+)"\)', text):
            assert (file.parent / address).resolve().exists() or "../../fonts/" in address, f"{file.name}: {address}"
