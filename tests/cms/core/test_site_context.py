"""The frame: what stands around every page, the same for everybody who reads an address."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import Locale, Page

from cms.core.models import NetworkSettings, SiteMenu
from cms.core.site_context import breadcrumbs, frame, home_url
from cms.core.site_frame import read_frame, site_frame
from cms.directory.authoring import add_page
from cms.pages.models import ContentPage
from tests.worlds import SOURCE, TARGET, World, build_site, translate

pytestmark = pytest.mark.django_db


class UndoError(Exception):
    """Rolls the world back when the module is done."""


@pytest.fixture(scope="module")
def world(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                world = build_site()
                world.pages["draft"] = add_page(parent=world.homes[SOURCE], page=ContentPage(title="Draft"))
                world.pages["about"] = add_page(
                    parent=world.homes[SOURCE], page=ContentPage(title="About"), publish=True
                )
                _fill_menu(world)
                yield world
                raise UndoError
        except UndoError:
            pass


def _fill_menu(world: World) -> None:
    def link(page: Any = None, *, address: str = "", label: str = "") -> dict[str, Any]:
        return {"page": page, "address": address, "label": label}

    def item(page: Any = None, **texts: str) -> tuple[str, dict[str, Any]]:
        return "item", link(page, **texts) | {"children": []}

    menu = SiteMenu.objects.get(locale__language_code=SOURCE)
    menu.navigation = [
        item(world.project_lists[SOURCE]),
        item(world.pages["draft"]),
        item(address="https://example.org/", label="Elsewhere"),
        item(),
        item(world.pages["about"], label="Who we are"),
    ]
    menu.footer = [("column", {"title": "More", "links": [link(world.pages["about"]), link(world.pages["draft"])]})]
    menu.footer_text = "We stand behind it."
    menu.save()


def framed(page: Any, address: str = "/en/") -> dict[str, Any]:
    return frame(RequestFactory().get(address, HTTP_HOST="localhost"), page)


def test_navigation_leads_to_public_pages_and_elsewhere_only(world: World) -> None:
    navigation = framed(world.homes[SOURCE])["navigation"]
    assert [(item["title"], item["url"]) for item in navigation] == [
        ("Projects", "/en/projects/"),
        ("Elsewhere", "https://example.org/"),
        ("Who we are", "/en/about/"),
    ]
    assert [link["title"] for column in framed(None)["footer_columns"] for link in column["links"]] == ["About"]


def test_the_entry_that_one_is_below_is_marked(world: World) -> None:
    navigation = framed(None, "/en/projects/some-project/")["navigation"]
    assert [item["title"] for item in navigation if item["is_current"]] == ["Projects"]


def test_links_lead_to_the_readers_language_where_there_is_one(world: World) -> None:
    with translation.override(TARGET):
        navigation = framed(None, "/de/")["navigation"]
    # There is one menu, and no translation of the page that it calls by another label.
    assert ("Projects (de)", "/de/projects/") in [(item["title"], item["url"]) for item in navigation]
    assert ("Who we are", "/en/about/") in [(item["title"], item["url"]) for item in navigation]


def test_a_translated_menu_takes_over(world: World) -> None:
    menu = SiteMenu.objects.get(locale__language_code=SOURCE)
    other = menu.copy_for_translation(Locale.objects.get(language_code=TARGET))
    other.footer_text = "Wir stehen dahinter."
    other.save()
    read = read_frame(world.site)["menus"]
    assert (read[SOURCE]["footer_text"], read[TARGET]["footer_text"]) == ("We stand behind it.", "Wir stehen dahinter.")


def test_the_language_switch_keeps_the_page(world: World) -> None:
    links = framed(world.project_lists[SOURCE])["language_links"]
    assert [(link["code"], link["url"], link["is_current"]) for link in links] == [
        (SOURCE, "/en/projects/", True),
        (TARGET, "/de/projects/", False),
    ]
    only_here = framed(world.pages["about"])["language_links"]
    assert [link["url"] for link in only_here] == ["/en/about/", home_url(TARGET)]


def test_alternates_name_each_language_and_the_default(world: World) -> None:
    alternates = {link["hreflang"]: link["url"] for link in framed(world.project_lists[TARGET])["alternates"]}
    assert alternates == {
        SOURCE: "http://localhost/en/projects/",
        TARGET: "http://localhost/de/projects/",
        "x-default": "http://localhost/en/projects/",
    }


def test_a_draft_translation_is_no_alternate(world: World) -> None:
    translate(world.pages["about"], publish=False)
    about = Page.objects.get(pk=world.pages["about"].pk).specific
    assert {link["hreflang"] for link in framed(about)["alternates"]} == {SOURCE, "x-default"}


def test_breadcrumbs_skip_the_home_page_and_what_is_not_public(world: World) -> None:
    hidden = add_page(parent=Page.objects.get(pk=world.pages["draft"].pk).specific, page=ContentPage(title="Below"))
    deeper = add_page(parent=Page.objects.get(pk=world.pages["about"].pk).specific, page=ContentPage(title="Deeper"))
    request = RequestFactory().get("/", HTTP_HOST="localhost")
    assert breadcrumbs(hidden, request) == []
    assert breadcrumbs(deeper, request) == [{"title": "About", "url": "/en/about/"}]


def test_the_frame_is_read_once_and_anew_after_a_change(
    world: World, django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    site_frame(world.site)
    with django_assert_num_queries(0):
        assert site_frame(world.site)["name"] == "Groundswell"
    with django_capture_on_commit_callbacks(execute=True):
        NetworkSettings.objects.create(site=world.site, name="Klimanetz", default_theme="harbour")
    kept = site_frame(world.site)
    assert (kept["name"], kept["theme"]) == ("Klimanetz", "harbour")
    assert b"Klimanetz" in Client().get("/en/").content


def test_without_a_site_there_is_still_a_frame(db: None) -> None:
    kept = site_frame(None)
    assert (kept["name"], kept["menus"]) == ("Groundswell", {})
