"""Builds the demo's hubs, organizations, projects and stories, each in its first language, then in the other one."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.directory.authoring import add_page
from cms.directory.enums import Part
from cms.directory.models import Entry
from cms.directory.services import sync_at_the_end
from cms.directory.translating import translate
from cms.hubs.enums import HubKind
from cms.hubs.models import Ambassador, HubFigure, HubPage, LinkedHub, Supporter
from cms.organizations.models import OrganizationHubLink, OrganizationPage
from cms.places.models import Place
from cms.places.selectors import find_place
from cms.projects.models import (
    ImpactFigure,
    ProjectHubLink,
    ProjectLink,
    ProjectOrganizationLink,
    ProjectPage,
)
from cms.stories.models import StoryEntryLink, StoryHubLink, StoryPage
from cms.taxonomy.models import OrganizationType, ProjectStatus, Sector, Skill

from .content import key_of, read
from .pictures import picture_for
from .streams import Stream

LANGUAGES = ("en", "de")
NEWEST_FIRST_PUBLICATION = date(2026, 11, 18)
SPREAD_IN_DAYS = 420


@dataclass
class World:
    """What the builders share: languages, index pages, the author, and what was looked up already."""

    locales: dict[str, Locale]
    indexes: dict[str, dict[str, Page]]
    author: Any
    places: dict[str, Place] = field(default_factory=dict)

    def place(self, name: str | None) -> Place | None:
        if not name:
            return None
        if name not in self.places:
            self.places[name] = find_place(name)
        return self.places[name]

    def index(self, kind: str, language: str) -> Page:
        return self.indexes[kind][language]

    def call_page(self) -> int:
        return self.indexes["project"]["en"].pk


def _terms(model: Any, keys: list[str]) -> list[Any]:
    found = {term.slug: term for term in model.objects.filter(slug__in=keys).order_by("-pk")}
    return [found[key] for key in keys]


def _term(model: Any, key: str | None) -> Any:
    return next(iter(_terms(model, [key])), None) if key else None


def first_published(key: str) -> datetime:
    """Return the day, spread over the last year by the key, on which an entry is said to have been published first."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4])
    day = NEWEST_FIRST_PUBLICATION - timedelta(days=number % SPREAD_IN_DAYS)
    return datetime(day.year, day.month, day.day, 6 + number % 14, number % 60, tzinfo=UTC)


def _build(
    world: World, page: Any, item: dict[str, Any], parent: Page, write: Callable[[Any, dict[str, Any]], None]
) -> Page:
    """Publish a page in its first language, then its translation."""
    source = item.get("source", "en")
    write(page, item[source])
    page.first_published_at = first_published(item["key"])
    page.owner = world.author
    with sync_at_the_end():
        page = add_page(parent=parent, page=page, publish=True)
        for language in LANGUAGES:
            if language != source:
                translate(
                    page,
                    world.locales[language],
                    lambda copy, words=item[language]: write(copy, words),
                    user=world.author,
                )
    return page


def _shared(world: World, item: dict[str, Any], kind: str) -> dict[str, Any]:
    return {
        "translation_key": key_of(kind, item["key"]),
        "place": world.place(item.get("place")),
        "cover": picture_for(item["key"], item["en"]["title"]),
        "sectors": _terms(Sector, item["sectors"]),
    }


def _write_words(page: Any, words: dict[str, Any], stream: Stream, extra: Any = ()) -> None:
    page.title, page.summary = words["title"], words["summary"]
    page.slug = slugify(words["title"])
    page.body = page._meta.get_field("body").stream_block.to_python(stream.data(words["body"], extra))


def load_hubs(world: World) -> None:
    """Build hubs, parents first; then link them to each other."""
    items = read("hubs")
    made: dict[str, Page] = {}
    for item in items:
        source = item.get("source", "en")
        above = made.get(item["parent"]) if item.get("parent") else None
        parent = (above.get_translation_or_none(world.locales[source]) if above else None) or world.index("hub", source)
        made[item["key"]] = _build(world, _hub(world, item), item, parent.specific, _hub_words(world, item))
    with sync_at_the_end():
        for item in items:
            _link_hubs(made[item["key"]], item, world)


def _hub(world: World, item: dict[str, Any]) -> HubPage:
    theme = item["theme"]
    own = [row["key"] for row in read("vocabulary").get("hub_sectors", []) if row["hub"] == item["key"]]
    page = HubPage(
        **_shared(world, item, "hub"),
        kind=HubKind(item["kind"]),
        own_sectors=_terms(Sector, own),
        accent_day=theme["accent_light"],
        accent_night=theme["accent_dark"],
        paper_day=theme["paper_light"],
        paper_night=theme["paper_dark"],
        headline=theme["headline"],
    )
    page.supporters = [Supporter(name=row["name"], url=row.get("url", "")) for row in item["supporters"]]
    source = world.locales[item.get("source", "en")]
    page.ambassadors = [
        Ambassador(
            name=row["name"], locale=source, translation_key=key_of("ambassador", f"{item['key']}-{row['name']}")
        )
        for row in item["ambassadors"]
    ]
    page.statistics = [
        HubFigure(value=row["value"], locale=source, translation_key=key_of("figure", f"{item['key']}-{number}"))
        for number, row in enumerate(item["stats"])
    ]
    return page


def _hub_words(world: World, item: dict[str, Any]) -> Callable[[Any, dict[str, Any]], None]:
    stream = Stream(item["key"], call_page=world.call_page())
    bands = {
        "en": (
            ("What is going on", "Projects in this hub, the liveliest first."),
            ("Told from here", "The newest stories."),
        ),
        "de": (
            ("Was hier läuft", "Projekte in diesem Hub, die lebendigsten zuerst."),
            ("Von hier erzählt", "Die neuesten Geschichten."),
        ),
    }

    def write(page: Any, words: dict[str, Any]) -> None:
        language = "en" if words is item["en"] else "de"
        (projects, projects_text), (stories, stories_text) = bands[language]
        extra = [
            ("newest", {"title": projects, "text": projects_text, "kind": "project", "order": "lively", "number": 6}),
            ("newest", {"title": stories, "text": stories_text, "kind": "story", "order": "newest", "number": 3}),
        ]
        _write_words(page, words, stream, extra)
        page.welcome = words["welcome"]
        for person, row in zip(page.ambassadors.all(), item["ambassadors"], strict=True):
            person.role, person.message = row[language]["role"], row[language]["message"]
        for figure, row in zip(page.statistics.all(), item["stats"], strict=True):
            figure.unit, figure.label = row[language]["unit"], row[language]["label"]

    return write


def _link_hubs(page: Page, item: dict[str, Any], world: World) -> None:
    for hub in HubPage.objects.filter(translation_key=page.translation_key).order_by("pk"):
        hub.linked_hubs = [LinkedHub(entry=_entry("hub", key)) for key in item["linked"]]
        hub.save_revision().publish()
        if hub.pk == page.pk:
            # Or the translations would count as older than what they were made from.
            TranslationSource.update_or_create_from_instance(hub)


def _entry(kind: str, key: str) -> Entry:
    return Entry.objects.get(pk=key_of(kind, key))


def load_organizations(world: World) -> None:
    """Build organizations; those that others belong to come first."""
    items = read("organizations")
    for item in sorted(items, key=lambda item: bool(item.get("parent"))):
        stream = Stream(item["key"], call_page=world.call_page())
        page = OrganizationPage(
            **_shared(world, item, "organization"),
            type=_term(OrganizationType, item["type"]),
            size=item["size"],
            website=item["website"],
            email=item["email"],
            parent_organization=_entry("organization", item["parent"]) if item.get("parent") else None,
        )
        page.hub_links = [OrganizationHubLink(entry=_entry("hub", key)) for key in item["hubs"]]
        source = item.get("source", "en")
        _build(
            world, page, item, world.index("organization", source),
            lambda page, words, stream=stream: _write_words(page, words, stream),
        )  # fmt: skip


def load_projects(world: World) -> None:
    """Build projects; those that others are part of come first."""
    items = read("projects")
    for item in sorted(items, key=lambda item: bool(item.get("parent"))):
        source = item.get("source", "en")
        _build(world, _project(world, item), item, world.index("project", source), _project_words(world, item))


def _project(world: World, item: dict[str, Any]) -> ProjectPage:
    page = ProjectPage(
        **_shared(world, item, "project"),
        status=_term(ProjectStatus, item["status"]),
        start_date=item["start"],
        end_date=item["end"],
        attendance=item["mode"],
        skills=_terms(Skill, item["skills"]),
        is_open=item["open"],
        parent_project=_entry("project", item["parent"]) if item.get("parent") else None,
    )
    page.hub_links = [ProjectHubLink(entry=_entry("hub", key)) for key in item["hubs"]]
    page.organization_links = [
        ProjectOrganizationLink(entry=_entry("organization", item["lead"]), part=Part.LEAD),
        *(ProjectOrganizationLink(entry=_entry("organization", key), part=Part.PARTNER) for key in item["partners"]),
    ]
    locale = world.locales[item.get("source", "en")]
    page.impact = [
        ImpactFigure(value=row["value"], locale=locale, translation_key=key_of("impact", f"{item['key']}-{number}"))
        for number, row in enumerate(item["impact"])
    ]
    page.links = [
        ProjectLink(url=row["url"], locale=locale, translation_key=key_of("link", f"{item['key']}-{number}"))
        for number, row in enumerate(item["links"])
    ]
    return page


def _project_words(world: World, item: dict[str, Any]) -> Callable[[Any, dict[str, Any]], None]:
    stream = Stream(item["key"], call_page=world.call_page())

    def write(page: Any, words: dict[str, Any]) -> None:
        language = "en" if words is item["en"] else "de"
        _write_words(page, words, stream)
        for figure, row in zip(page.impact.all(), item["impact"], strict=True):
            figure.unit, figure.label = row[f"unit_{language}"], row[language]
        for link, row in zip(page.links.all(), item["links"], strict=True):
            link.label = row[language]

    return write


def load_stories(world: World) -> None:
    """Build stories."""
    for item in read("stories"):
        stream = Stream(item["key"], call_page=world.call_page())
        page = StoryPage(**_shared(world, item, "story"), date=item["date"], author=item["author"])
        page.hub_links = [StoryHubLink(entry=_entry("hub", key)) for key in item["hubs"]]
        told = [("organization", key) for key in item["organizations"]]
        told += [("project", key) for key in item.get("projects", [])]
        page.entry_links = [StoryEntryLink(entry=_entry(kind, key)) for kind, key in told]
        source = item.get("source", "en")
        _build(
            world, page, item, world.index("story", source),
            lambda page, words, stream=stream: _write_words(page, words, stream),
        )  # fmt: skip
