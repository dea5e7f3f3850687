"""The site around the entries: home, index pages, content pages, menus, settings."""

from collections.abc import Callable
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from cms.core.models import NetworkSettings, SiteMenu
from cms.directory.authoring import add_page
from cms.directory.translating import translate
from cms.hubs.models import HubIndexPage
from cms.organizations.models import OrganizationIndexPage
from cms.pages.models import ContactField, ContactPage, ContentPage
from cms.projects.models import ProjectIndexPage
from cms.stories.models import StoryIndexPage
from home.models import HomePage

from .content import key_of, read
from .streams import Stream

INDEXES: dict[str, tuple[type[Page], dict[str, tuple[str, str]]]] = {
    "project": (
        ProjectIndexPage,
        {
            "en": ("Projects", "What people in the network are doing, from one balcony to a whole quarter."),
            "de": ("Projekte", "Was Leute im Netzwerk tun, vom einzelnen Balkon bis zum ganzen Quartier."),
        },
    ),
    "hub": (
        HubIndexPage,
        {
            "en": ("Climate hubs", "A city, a region or one shared subject. Every hub keeps its own front page."),
            "de": (
                "Klima-Hubs",
                "Eine Stadt, eine Region oder ein gemeinsames Thema. Jeder Hub hat seine eigene Titelseite.",
            ),
        },
    ),
    "organization": (
        OrganizationIndexPage,
        {
            "en": ("Organizations", "Associations, co-ops, schools and companies that have joined."),
            "de": ("Organisationen", "Vereine, Genossenschaften, Schulen und Betriebe, die dabei sind."),
        },
    ),
    "story": (
        StoryIndexPage,
        {
            "en": ("Stories", "Told by those who were there."),
            "de": ("Geschichten", "Erzählt von denen, die dabei waren."),
        },
    ),
}
LIVING_IN_FOOTER = ("about", "faq", "code-of-conduct")
LEGAL_IN_FOOTER = ("contact", "imprint", "privacy")
FOOTER_TITLES = {"en": ("Network", "Legal"), "de": ("Netzwerk", "Rechtliches")}


def load_home(locales: dict[str, Locale], author: Any) -> HomePage:
    """Make the home page the site's root, in both languages."""
    words = read("home")
    home = HomePage.objects.filter(translation_key=key_of("page", "home"), locale=locales["en"]).first()
    if home is None:
        root = Page.get_first_root_node()
        root.get_children().filter(title="Welcome to your new Wagtail site!").delete()
        root.refresh_from_db()
        home = HomePage(translation_key=key_of("page", "home"), slug="home", locale=locales["en"])
        _write_home(home, words["en"])
        root.add_child(instance=home)
        home.save_revision().publish()
    site = Site.objects.order_by("pk").first() or Site(hostname="localhost")
    site.root_page, site.is_default_site, site.site_name = home, True, "Groundswell"
    site.save()
    translate(home, locales["de"], lambda copy: _write_home(copy, words["de"]), user=author)
    return home


def _write_home(page: Any, words: dict[str, Any]) -> None:
    page.title, page.seo_title = "Groundswell", words["title"]
    page.headline, page.standfirst = words["title"], words["summary"]
    page.search_description = words["summary"]


def load_indexes(home: HomePage, locales: dict[str, Locale], author: Any) -> dict[str, dict[str, Page]]:
    """Make the index pages; returns them by kind and language."""
    found: dict[str, dict[str, Page]] = {}
    for kind, (model, words) in INDEXES.items():

        def write(page: Any, language: str, words: dict[str, tuple[str, str]] = words) -> None:
            page.title, page.introduction = words[language]
            page.slug = slugify(page.title)
            page.search_description = page.introduction

        page = model(translation_key=key_of("page", kind), locale=locales["en"])
        write(page, "en")
        page = add_page(parent=home, page=page, publish=True)
        translate(page, locales["de"], lambda copy, write=write: write(copy, "de"), user=author)
        pages = model.objects.filter(translation_key=page.translation_key).select_related("locale")
        found[kind] = {page.locale.language_code: page for page in pages}
    return found


def load_content_pages(home: HomePage, call_page: int, locales: dict[str, Locale], author: Any) -> None:
    """Make about, questions, imprint, privacy and the contact form."""
    for item in read("pages"):
        stream = Stream(item["key"], call_page=call_page)
        make = _contact if item["key"] == "contact" else _content
        page, write = make(item, stream)
        page.translation_key = key_of("page", item["key"])
        write(page, "en")
        page = add_page(parent=home, page=page, publish=True)
        translate(page, locales["de"], lambda copy, write=write: write(copy, "de"), user=author)


def _content(item: dict[str, Any], stream: Stream) -> tuple[Page, Callable[[Any, str], None]]:
    def write(page: Any, language: str) -> None:
        words = item[language]
        page.title, page.summary, page.slug = words["title"], words["summary"], slugify(words["title"])
        page.search_description = words["summary"]
        page.body = page._meta.get_field("body").stream_block.to_python(stream.data(words["body"]))

    return ContentPage(), write


CONTACT_FIELDS = (
    ("name", "singleline", {"en": "Your name", "de": "Dein Name"}),
    ("email", "email", {"en": "Your e-mail", "de": "Deine E-Mail-Adresse"}),
    ("message", "multiline", {"en": "Message", "de": "Nachricht"}),
)
CONTACT_THANKS = {
    "en": "Thank you. Somebody from the network's office will answer within three days.",
    "de": "Danke. Aus der Geschäftsstelle des Netzwerks antwortet dir innerhalb von drei Tagen jemand.",
}


def _contact(item: dict[str, Any], _stream: Stream) -> tuple[Page, Callable[[Any, str], None]]:
    def write(page: Any, language: str) -> None:
        words = item[language]
        page.title, page.summary, page.slug = words["title"], words["summary"], slugify(words["title"])
        page.thanks = CONTACT_THANKS[language]
        for field, (_name, _kind, labels) in zip(page.form_fields.all(), CONTACT_FIELDS, strict=True):
            field.label = labels[language]
        page.search_description = words["summary"]

    page = ContactPage(to_address="office@demo.groundswell.example", from_address="", subject="Groundswell")
    page.form_fields = [
        ContactField(field_type=kind, clean_name=name, translation_key=key_of("question", name), sort_order=position)
        for position, (name, kind, _labels) in enumerate(CONTACT_FIELDS)
    ]
    return page, write


def load_menus(locales: dict[str, Locale], indexes: dict[str, dict[str, Page]]) -> None:
    """Make navigation and footer, and name the network."""
    words = read("home")
    for language, locale in locales.items():
        menu = SiteMenu.objects.filter(translation_key=key_of("menu", "main"), locale=locale).first()
        menu = menu or SiteMenu(translation_key=key_of("menu", "main"), locale=locale)
        menu.footer_text = words[language].get("footer", "")
        menu.navigation = [("item", {**_link(pages["en"].pk), "children": []}) for pages in indexes.values()]
        menu.footer = [
            ("column", {"title": title, "links": [_link(_content_page(key)) for key in keys]})
            for title, keys in zip(FOOTER_TITLES[language], (LIVING_IN_FOOTER, LEGAL_IN_FOOTER), strict=True)
        ]
        menu.save()
    NetworkSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"name": "Groundswell"}
    )


def _content_page(key: str) -> int:
    return Page.objects.get(translation_key=key_of("page", key), locale__language_code="en").pk


def _link(pk: int) -> dict[str, Any]:
    return {"page": Page.objects.get(pk=pk), "address": "", "label": ""}
