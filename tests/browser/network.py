"""What the journeys need beyond the demo: an author, a page with every block, a project in one language only.

Run as `python -m tests.browser.network <file>` inside the server's environment; writes the addresses and numbers of the
pages that tests visit into the file.
"""

import json
import sys
from pathlib import Path
from typing import Any

PASSWORD = "rain-barrel-orchard"
AUTHOR = "author@demo.groundswell.example"
BLOCKS_TITLE = "Everything a page can hold"
SUNNY_TITLE = "A roof that pays for the choir"
SINGLE_TITLE = "Nur auf Deutsch erzählt"


def build() -> dict[str, Any]:
    """Add to the demo. Returns `addresses` (paths by name and language) and `numbers` (ids of pages in the admin)."""
    from wagtail.models import Page

    _add_author()
    addresses = _addresses() | _add_rich_pages() | _add_single_language() | _add_sunny_roof()
    by_path = {_path(page): page.pk for page in Page.objects.filter(depth__gt=1).select_related("locale")}
    numbers = {
        name: {language: by_path[path] for language, path in paths.items() if path in by_path}
        for name, paths in addresses.items()
    }
    return {"addresses": addresses, "numbers": numbers}


def _add_author() -> None:
    """An ordinary author: may propose projects, in every language, and publish nothing."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    from cms.projects.models import ProjectIndexPage
    from platform_apps.accounts.services import create_verified_user

    group = Group.objects.create(name="Authors")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    may_add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    for page in ProjectIndexPage.objects.all():
        GroupPagePermission.objects.create(group=group, page=page, permission=may_add)
    author = create_verified_user(
        email=AUTHOR, password=PASSWORD, first_name="Mira", last_name="Talheim", language="de"
    )
    author.groups.set([group])


def _add_rich_pages() -> dict[str, dict[str, str]]:
    from cms.directory.authoring import add_page
    from cms.directory.enums import Kind, Part
    from cms.directory.models import Entry
    from cms.media.models import Image
    from cms.pages.models import ContentPage
    from cms.places.selectors import find_place
    from cms.projects.models import (
        GalleryPicture,
        ImpactFigure,
        ProjectHubLink,
        ProjectIndexPage,
        ProjectLink,
        ProjectOrganizationLink,
        ProjectPage,
    )
    from cms.taxonomy.models import ProjectStatus, Sector, Skill
    from home.models import HomePage
    from tests.streams import body_blocks, landing_blocks, stream

    found: dict[str, dict[str, str]] = {"blocks": {}, "landing": {}}
    image, place = Image.objects.order_by("pk").first(), find_place("Berlin")
    entries = Entry.objects.published().order_by("pk")
    for index in ProjectIndexPage.objects.select_related("locale"):
        language = index.locale.language_code
        page = ProjectPage(
            title=f"{BLOCKS_TITLE} ({language})", summary="One of every block, one of every field.", cover=image,
            place=place, start_date="2025-03-01", end_date="2027-03-01", is_open=True, attendance="both",
            status=ProjectStatus.objects.filter(locale=index.locale).first(),
            sectors=list(Sector.objects.filter(locale=index.locale)[:2]),
            skills=list(Skill.objects.filter(locale=index.locale)[:2]),
            parent_project=entries.of_kind(Kind.PROJECT).first(),
        )  # fmt: skip
        page.hub_links = [ProjectHubLink(entry=entries.of_kind(Kind.HUB).first())]
        organizations = list(entries.of_kind(Kind.ORGANIZATION)[:2])
        page.organization_links = [
            ProjectOrganizationLink(entry=entry, part=part)
            for entry, part in zip(organizations, (Part.LEAD, Part.PARTNER), strict=True)
        ]
        page.gallery = [GalleryPicture(image=image, caption=f"Plate {number}") for number in range(3)]
        page.impact = [ImpactFigure(value="2120.5", unit="t", label="CO₂e spared")]
        page.links = [ProjectLink(url="https://example.org/drawings", label="Drawings")]
        page.body = stream(page, body_blocks(image=image, page=index))
        found["blocks"][language] = _path(add_page(parent=index, page=page, publish=True))
        landing = ContentPage(title=f"Every band ({language})", summary="All that a landing page may hold.")
        landing.body = stream(landing, landing_blocks(image=image, page=index, entry=entries.first(), place=place))
        home = HomePage.objects.get(locale=index.locale)
        found["landing"][language] = _path(add_page(parent=home, page=landing, publish=True))
    return found


def _add_single_language() -> dict[str, dict[str, str]]:
    from cms.directory.authoring import add_page
    from cms.directory.models import Entry
    from cms.projects.models import ProjectIndexPage, ProjectPage

    index = ProjectIndexPage.objects.get(locale__language_code="de")
    page = ProjectPage(title=SINGLE_TITLE, summary="Dieses Projekt gibt es nur in einer Sprache.")
    page = add_page(parent=index, page=page, publish=True)
    return {"single": dict(Entry.objects.get(pk=page.translation_key).paths)}


def _add_sunny_roof() -> dict[str, dict[str, str]]:
    """A solar project near Münster that is open: what the journey through the filters looks for."""
    from cms.directory.authoring import add_page
    from cms.directory.models import Entry
    from cms.places.selectors import find_places
    from cms.projects.models import ProjectIndexPage, ProjectPage
    from cms.taxonomy.models import Sector

    index = ProjectIndexPage.objects.get(locale__language_code="en")
    page = ProjectPage(title=SUNNY_TITLE, summary="Forty panels above the parish hall.", is_open=True)
    page.place = find_places("Münster", "en").place
    page.sectors = [Sector.objects.get(locale=index.locale, slug="solar")]
    page = add_page(parent=index, page=page, publish=True)
    return {"sunny": dict(Entry.objects.get(pk=page.translation_key).paths)}


def _addresses() -> dict[str, dict[str, str]]:
    from home.demo.content import key_of

    wanted = {
        "home": ("page", "home"), "hub_list": ("page", "hub"), "hub": ("hub", "berlin"),
        "sub_hub": ("hub", "berlin-neukoelln"), "organization_list": ("page", "organization"),
        "organization": ("organization", _first("organizations")), "project_list": ("page", "project"),
        "project": ("project", _first("projects")),
        "story_list": ("page", "story"), "story": ("story", _first("stories")), "faq": ("page", "faq"),
        "about": ("page", "about"), "imprint": ("page", "imprint"), "contact": ("page", "contact"),
    }  # fmt: skip
    return {name: _paths(key_of(*key)) for name, key in wanted.items()}


def _first(name: str) -> str:
    from home.demo.content import read

    return str(read(name)[0]["key"])


def _paths(key: Any) -> dict[str, str]:
    from wagtail.models import Page

    pages = Page.objects.filter(translation_key=key).select_related("locale")
    return {page.locale.language_code: _path(page) for page in pages}


def _path(page: Any) -> str:
    from cms.directory.services import page_path

    return str(page_path(page))


if __name__ == "__main__":
    import django

    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(build(), indent=1), encoding="utf-8")
