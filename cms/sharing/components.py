"""What sharing adds to pages: lines in the head, the way to pass a page on below its text, feeds in the footer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from babel.core import Locale, get_global
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.core.site_frame import site_frame
from cms.directory.enums import Kind

from .addresses import ATOM, JSON, feed_path
from .codes import short_code
from .feed_formats import ATOM_TYPE, JSON_TYPE
from .feeds import SECTOR
from .pictures import entry_poster, page_poster, poster_address, poster_sizes
from .posters import Poster
from .selectors import general_sectors
from .structured_data import structured_data
from .widgets import card_frame, card_path

Context = Mapping[str, Any]
OEMBED_TYPES = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


@dataclass(frozen=True)
class _Shown:
    """The public page that a context is of."""

    request: HttpRequest
    page: Any
    language: str

    @property
    def entry_kind(self) -> str:
        """What kind of entry it is the page of; "" for other pages. Index pages have a kind and no entry."""
        is_entry = hasattr(self.page, "directory_facts")
        return str(self.page.entry_kind) if is_entry else ""

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


def _shown(context: Context) -> _Shown | None:
    """Return the page of a context; None for other addresses, drafts and previews: nothing of them is shared."""
    request, page = context.get("request"), context.get("page")
    if request is None or not isinstance(page, Page) or not page.live or getattr(request, "is_preview", False):
        return None
    return _Shown(request, page, get_language() or settings.LANGUAGE_CODE)


def head(context: Context) -> str:
    """Return what other programs read of a page: picture, language, feeds, structured data, oEmbed."""
    if context.get("request") is None:
        return ""
    shown = _shown(context)
    lines: dict[str, Any] = {"feeds": _feeds(context, shown)}
    if shown:
        picture, alternatives = _picture(context, shown), context.get("alternates", [])
        others = {link["hreflang"] for link in alternatives} & set(dict(settings.LANGUAGES)) - {shown.language}
        lines |= {
            "og_type": "article" if shown.entry_kind == Kind.STORY else "website",
            "og_locale": territory_locale(shown.language),
            "og_locales": [territory_locale(code) for code in sorted(others)],
            "picture": picture,
            "oembed": _oembed_links(shown) if shown.entry_kind else [],
            "structured_data": structured_data(context, shown.page, picture["url"]),
            "is_shareable": bool(shown.entry_kind),
        }
    return render_to_string("sharing/head.html", lines)


@cache
def territory_locale(language: str) -> str:
    """Return a language with the country that it is mostly read in, as OpenGraph wants it: en_US."""
    wanted = Locale.parse(language, sep="-")
    likely = get_global("likely_subtags")
    found = Locale.parse(likely.get(str(wanted)) or likely.get(wanted.language) or str(wanted))
    return f"{wanted.language}_{wanted.territory or found.territory}"


def _picture(context: Context, shown: _Shown) -> dict[str, Any]:
    poster, image = _poster(context, shown)
    path = poster_address(shown.page.translation_key, shown.language, poster, image)
    return {"url": shown.absolute(path), "alt": poster.title, **poster_sizes()}


def _poster(context: Context, shown: _Shown) -> tuple[Poster, Any]:
    """Return what the page's poster says, from what the page has read already: no further query."""
    frame = site_frame(Site.find_for_request(shown.request))
    if not shown.entry_kind:
        return page_poster(shown.page, frame), None
    image = context["opening_picture"]
    poster = entry_poster(
        title=shown.page.title, kind_label=Kind(shown.entry_kind).label, place=context["place_name"], image=image,
        sectors=general_sectors(context["labels"], [label.key for label in context["sectors"]]), frame=frame,
    )  # fmt: skip
    return poster, image


def _feeds(context: Context, shown: _Shown | None) -> list[dict[str, str]]:
    """Return the feeds that fit a page: the site's, and the one of its hub, organization or sector."""
    language, name = get_language() or settings.LANGUAGE_CODE, context.get("site_name") or ""
    feeds = [{"title": name, "scope": "", "key": None}]
    if shown and shown.entry_kind in {Kind.HUB, Kind.ORGANIZATION}:
        title = f"{shown.page.title} – {name}"
        feeds.insert(0, {"title": title, "scope": shown.entry_kind, "key": shown.page.translation_key})
    sector = context.get("sector")
    if shown and getattr(sector, "key", None):
        feeds.insert(0, {"title": f"{sector.name} – {name}", "scope": SECTOR, "key": sector.key})
    types = {ATOM: ATOM_TYPE, JSON: JSON_TYPE}
    return [
        {
            "title": feed["title"],
            "type": types[form].partition(";")[0],
            "url": feed_path(language, form, feed["scope"], feed["key"]),
        }
        for feed in feeds
        for form in (ATOM, JSON)
    ]


def _oembed_links(shown: _Shown) -> list[dict[str, str]]:
    own = shown.absolute(shown.request.path)
    address = shown.absolute(reverse("oembed"))
    return [
        {"type": kind, "url": f"{address}?{urlencode({'url': own, 'format': form})}", "title": shown.page.title}
        for form, kind in OEMBED_TYPES.items()
    ]


def share(context: Context) -> str:
    """Return the ways to pass an entry's page on: short link, mail, QR code, code to embed it."""
    shown = _shown(context)
    if shown is None or not shown.entry_kind:
        return ""
    code, key = short_code(shown.page.translation_key), shown.page.translation_key
    link = shown.absolute(reverse("short-link", args=[code]))
    frame = card_frame(shown.absolute(card_path(key, shown.language)), shown.page.title)
    values = {
        "title": shown.page.title,
        "text_language": context.get("text_language", ""),
        "link": link,
        "mail": f"mailto:?subject={quote(shown.page.title)}&body={quote(link)}",
        "qr_code": reverse("qr-code", args=[code]),
        "frame": frame,
    }
    return render_to_string("sharing/share.html", values)


def footer(context: Context) -> str:
    """Return links to the site's feeds for the footer."""
    if context.get("request") is None:
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    return render_to_string(
        "sharing/footer.html", {"atom": feed_path(language, ATOM), "json": feed_path(language, JSON)}
    )
