"""oEmbed (https://oembed.com): what other sites are told when they ask how to show one of our addresses."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings

from .feed_formats import clean
from .selectors import entry_at, path_behind

MAX_AGE = 3600
XML_TYPE, JSON_TYPE = "text/xml; charset=utf-8", "application/json; charset=utf-8"


@dataclass(frozen=True)
class Target:
    """The entry that an address is about, and the language of its reader."""

    key: uuid.UUID
    language: str


def target_of(address: str, hosts: set[str]) -> Target | None:
    """Return what an address of ours is about; None for other hosts, other pages and what is not public.

    Query and fragment are ignored: people copy addresses with all that was added to them.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.scheme not in {"http", "https"} or parts.netloc.lower() not in hosts or "\x00" in path:
        return None
    if path.startswith("/s/"):
        path = path_behind(path.removeprefix("/s/"), [settings.LANGUAGE_CODE]) or ""
    language = path.lstrip("/").partition("/")[0]
    if language not in dict(settings.LANGUAGES):
        return None
    key = entry_at(path, language)
    return Target(key, language) if key else None


def as_xml(values: dict[str, Any]) -> bytes:
    """Return an answer as XML."""
    root = Element("oembed")
    for name, value in values.items():
        SubElement(root, name).text = clean(str(value))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
