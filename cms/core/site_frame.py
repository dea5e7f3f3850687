"""What the frame shows whatever the page and language: kept in Django's cache until something in it changes.

The key holds a version that every process reads with the data. It changes after the commit that changed a page, a menu,
a setting or a site, so no process that reads the new version can still see the old content under it.
"""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.cache import cache
from django.db import transaction
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page, Site

from .models import NetworkSettings, SiteMenu
from .page_cache.version import site_version

VERSION_KEY = "site-frame-version"
# Only for processes that do not share the cache of the one that changed something (embedded mode has just one).
SECONDS = 60
LOGO = "max-480x80"


def site_frame(site: Site | None) -> dict[str, Any]:
    """Return settings, menus and the pages in them, plain data in every language."""
    if site is None:
        return _empty()
    version = cache.get(VERSION_KEY)
    if version is None:
        cache.add(VERSION_KEY, uuid.uuid4().hex, timeout=None)
        version = cache.get(VERSION_KEY)
    # Kept pages must never be drawn with a frame that is older than the version they are kept under.
    key = f"site-frame:{site.pk}:{version}:{site_version()}"
    kept = cache.get(key)
    if kept is None:
        kept = read_frame(site)
        cache.set(key, kept, timeout=SECONDS)
    return kept


def forget_frame() -> None:
    """Make every process read the frame anew, as soon as the running transaction is committed."""
    transaction.on_commit(lambda: cache.set(VERSION_KEY, uuid.uuid4().hex, timeout=None))


def _empty() -> dict[str, Any]:
    network = NetworkSettings()
    return {"name": network.name, "logo": None, "theme": network.default_theme, "social": [], "menus": {}, "pages": {}}


def read_frame(site: Site) -> dict[str, Any]:
    """Read the frame of a site from the database, in a handful of queries."""
    network = NetworkSettings.objects.filter(site=site).select_related("logo").first() or NetworkSettings()
    menus = list(SiteMenu.objects.order_by("id").select_related("locale"))
    read = [(menu.locale.language_code, *_menu(menu)) for menu in menus]
    keys = {link["key"] for _language, _menu, links in read for link in links if link["key"]}
    return {
        "name": network.name,
        "logo": _logo(network.logo),
        "theme": network.default_theme,
        "social": [{"name": block.value["name"], "url": block.value["url"]} for block in network.social_links],
        "menus": _first_by_language(read),
        "pages": _pages(keys),
    }


def _first_by_language(read: list[tuple[str, dict[str, Any], Any]]) -> dict[str, dict[str, Any]]:
    menus: dict[str, dict[str, Any]] = {}
    for language, menu, _links in read:
        menus.setdefault(language, menu)
    return menus


def _logo(image: Any) -> dict[str, Any] | None:
    if image is None:
        return None
    rendition = get_rendition_or_not_found(image, LOGO)
    return {"url": rendition.url, "width": rendition.width, "height": rendition.height}


def _menu(menu: SiteMenu) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    navigation = [
        _link(block.value) | {"children": [_link(child) for child in block.value["children"]]}
        for block in menu.navigation
    ]
    footer = [
        {"title": block.value["title"], "links": [_link(link) for link in block.value["links"]]}
        for block in menu.footer
    ]
    content = {"navigation": navigation, "footer": footer, "footer_text": menu.footer_text}
    return content, list(_links(navigation, footer))


def _link(value: Any) -> dict[str, Any]:
    page = value["page"]
    return {
        "label": value["label"] or "",
        "address": value["address"] or "",
        "key": str(page.translation_key) if page else "",
        "chosen": page.pk if page else None,
    }


def _links(navigation: list[dict[str, Any]], footer: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in navigation:
        yield item
        yield from item["children"]
    for column in footer:
        yield from column["links"]


def _pages(keys: Iterable[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return title and address of the public pages of these translation groups, by group and language."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for page in Page.objects.live().filter(translation_key__in=set(keys)).select_related("locale"):
        texts = found.setdefault(str(page.translation_key), {})
        texts[page.locale.language_code] = {"id": page.pk, "title": page.title, "url": page.get_url() or ""}
    return found
