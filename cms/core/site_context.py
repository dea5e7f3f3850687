"""The frame around every page: names, navigation, footer, language links."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from .site_frame import site_frame

HOME_DEPTH = 2


def frame(request: HttpRequest, page: Any = None) -> dict[str, Any]:
    """Return the context of the base template: the same for every anonymous reader of an address."""
    kept = site_frame(Site.find_for_request(request))
    language = get_language() or settings.LANGUAGE_CODE
    menu = kept["menus"].get(language) or next(iter(kept["menus"].values()), None)
    links = _Links(kept["pages"], language)
    alternates = page.public_paths() if page and page.pk else {}
    return {
        "site_name": kept["name"],
        "home_url": home_url(language),
        "logo": kept["logo"],
        "theme_url": reverse("default-theme", args=[kept["theme"]]),
        "theme_key": "",
        "navigation": links.items(menu["navigation"], request.path) if menu else [],
        "footer_columns": links.columns(menu["footer"]) if menu else [],
        "footer_text": menu["footer_text"] if menu else "",
        "social_links": kept["social"],
        "language_links": _language_links(language, page.reader_paths() if page and page.pk else {}),
        "breadcrumbs": breadcrumbs(page, request) if page else [],
        "alternates": _hreflang(request, alternates),
        "canonical_url": request.build_absolute_uri(page.get_url(request)) if page and page.pk else "",
        "page_title": (page.seo_title or page.title) if page else "",
        "page_description": page.description if page else "",
    }


def home_url(language: str) -> str:
    """Return the path of the front page in a language."""
    return f"/{language}/"


class _Links:
    """Turns the links of a menu into addresses and titles in a reader's language; without those to no public page."""

    def __init__(self, pages: dict[str, dict[str, dict[str, Any]]], language: str) -> None:
        self.pages = pages
        self.language = language

    def link(self, link: dict[str, Any]) -> dict[str, Any] | None:
        if not link["key"]:
            return {"title": link["label"], "url": link["address"]} if link["address"] else None
        texts = self.pages.get(link["key"], {})
        chosen = next((text for text in texts.values() if text["id"] == link["chosen"]), None)
        text = texts.get(self.language) or chosen
        return {"title": link["label"] or text["title"], "url": text["url"]} if text else None

    def links(self, links: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [link for link in map(self.link, links) if link]

    def items(self, items: Iterable[dict[str, Any]], path: str) -> list[dict[str, Any]]:
        found = []
        for item in items:
            link = self.link(item)
            if link:
                is_current = bool(link["url"]) and path.startswith(link["url"])
                found.append(link | {"is_current": is_current, "children": self.links(item["children"])})
        return found

    def columns(self, columns: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"title": column["title"], "links": self.links(column["links"])} for column in columns]


def _language_links(language: str, paths: dict[str, str]) -> list[dict[str, Any]]:
    """Every language; one without this page leads to its home page."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": paths.get(code) or home_url(code),
            "is_current": code == language,
        }
        for code, _name in settings.LANGUAGES
    ]


def _hreflang(request: HttpRequest, alternates: dict[str, str]) -> list[dict[str, str]]:
    links = [{"hreflang": code, "url": request.build_absolute_uri(path)} for code, path in alternates.items()]
    default = alternates.get(settings.LANGUAGE_CODE)
    if default:
        links.append({"hreflang": "x-default", "url": request.build_absolute_uri(default)})
    return links


def breadcrumbs(page: Page, request: HttpRequest) -> list[dict[str, str]]:
    """Return the public pages above this one, from below the home page; those that the address went through."""
    above = getattr(request, "pages_above", None)
    if above is None:
        above = page.get_ancestors().filter(depth__gt=HOME_DEPTH)
    return [
        {"title": step.title, "url": step.get_url(request)} for step in above if step.live and step.depth > HOME_DEPTH
    ]
