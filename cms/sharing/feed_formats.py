"""Feeds written out: Atom 1.0 (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import orjson

from .feeds import Feed, FeedItem

ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
JSON_FEED = "https://jsonfeed.org/version/1.1"
ATOM_TYPE, JSON_TYPE = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"
# Everything that XML 1.0 has no way to write, however it is escaped.
NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("", ATOM)


def as_atom(feed: Feed, *, own_url: str, other_urls: dict[str, str]) -> bytes:
    """Return the feed as Atom. `other_urls` has the same feed in other languages, by language."""
    root = Element(_name("feed"), {XML_LANGUAGE: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.description:
        _text(root, "subtitle", feed.description)
    _text(root, "updated", rfc3339(feed.updated))
    SubElement(root, _name("link"), {"rel": "self", "type": "application/atom+xml", "href": own_url})
    SubElement(root, _name("link"), {"rel": "alternate", "type": "text/html", "href": feed.url})
    for language, url in other_urls.items():
        link = {"rel": "alternate", "type": "application/atom+xml", "hreflang": language, "href": url}
        SubElement(root, _name("link"), link)
    _text(SubElement(root, _name("author")), "name", feed.author)
    for item in feed.items:
        _entry(root, item, feed.language)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Element, item: FeedItem, language: str) -> None:
    entry = SubElement(root, _name("entry"), {} if item.language == language else {XML_LANGUAGE: item.language})
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    _text(entry, "published", rfc3339(item.published))
    _text(entry, "updated", rfc3339(item.updated))
    SubElement(entry, _name("link"), {"rel": "alternate", "type": "text/html", "href": item.url})
    SubElement(entry, _name("link"), {"rel": "enclosure", "type": item.picture_type, "href": item.picture})
    for author in item.authors:
        person = SubElement(entry, _name("author"))
        _text(person, "name", author["name"])
        _text(person, "uri", author["url"])
    for category in item.categories:
        SubElement(entry, _name("category"), {name: clean(text) for name, text in category.items()})
    _text(entry, "summary", item.summary)


def as_json(feed: Feed, *, own_url: str) -> bytes:
    """Return the feed as JSON Feed."""
    document = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": own_url,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_json_item(item) for item in feed.items],
    }
    return orjson.dumps({name: value for name, value in document.items() if value or name == "items"})


def _json_item(item: FeedItem) -> dict[str, object]:
    values = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        # A reader without the page shows this; the specification asks for one of two kinds of content.
        "content_text": item.summary or item.title,
        "summary": item.summary,
        "image": item.picture,
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.updated),
        "authors": item.authors,
        "tags": [category["label"] for category in item.categories],
        "language": item.language,
    }
    return {name: value for name, value in values.items() if value}


def rfc3339(moment: datetime) -> str:
    """Return a moment in UTC as both formats write it, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clean(text: str) -> str:
    """Return the text without signs that XML cannot hold."""
    return NO_XML.sub("", text)


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, _name(tag)).text = clean(text)
