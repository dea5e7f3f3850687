"""What search engines read of a page: schema.org as JSON-LD."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.core.site_context import HOME_DEPTH, home_url
from cms.directory.enums import Kind

Context = Mapping[str, Any]
Thing = dict[str, Any]
# What could end the script element, or begin another inside it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured_data(context: Context, page: Any, picture: str) -> SafeString:
    """Return the things that a page is about as JSON, safe inside a script element. `picture` is an address."""
    things = [thing for thing in (_thing(context, page, picture), _breadcrumbs(context, page)) if thing]
    return to_json({"@context": "https://schema.org", "@graph": things})


def to_json(document: Thing) -> SafeString:
    """Return a document as JSON that cannot leave a script element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 - nothing that markup is made of is left in it


def _thing(context: Context, page: Any, picture: str) -> Thing:
    if page.depth <= HOME_DEPTH:
        return _site(context)
    kind = page.entry_kind if hasattr(page, "directory_facts") else None
    describe = DESCRIBED.get(kind)
    if describe is None:
        return {"@type": "WebPage", **_common(context, page, picture)}
    return _filled(_common(context, page, picture) | describe(context, page))


def _site(context: Context) -> Thing:
    request = context["request"]
    url = request.build_absolute_uri(home_url(get_language() or ""))
    publisher = _filled(
        {
            "@type": "Organization",
            "name": context["site_name"],
            "url": url,
            "sameAs": [link["url"] for link in context.get("social_links", [])],
            "logo": _absolute(context, (context.get("logo") or {}).get("url")),
        }
    )
    return _filled(
        {
            "@type": "WebSite",
            "@id": f"{url}#site",
            "name": context["site_name"],
            "url": url,
            "description": context.get("page_description"),
            "inLanguage": get_language(),
            "publisher": publisher,
        }
    )


def _common(context: Context, page: Any, picture: str) -> Thing:
    return _filled(
        {
            "@id": page.translation_key.urn,
            "name": page.title,
            "description": context.get("page_description"),
            "url": context.get("canonical_url"),
            "image": picture,
        }
    )


def _hub(context: Context, page: Any) -> Thing:
    """A hub of a place is that place, seen from its network; any other is a group of people."""
    place = _stored_place(page)
    if place is None:
        return {"@type": "Organization"}
    return {"@type": "Place", "containedInPlace": _link(context, context.get("parent_entry")), **_position(place)}


def _organization(context: Context, page: Any) -> Thing:
    return {
        "@type": "Organization",
        "sameAs": page.website,
        "email": page.email,
        "telephone": page.phone,
        "address": page.address,
        "location": _place(context, page),
        "parentOrganization": _link(context, context.get("parent_entry"), "Organization"),
        "knowsAbout": [label.name for label in context["sectors"]],
    }


def _project(context: Context, page: Any) -> Thing:
    people = [*context["leads"], *context["partners"]]
    return {
        "@type": "Project",
        "foundingDate": page.start_date.isoformat() if page.start_date else None,
        "dissolutionDate": page.end_date.isoformat() if page.end_date else None,
        "location": _place(context, page),
        "member": [_link(context, card, "Organization") for card in people],
        "parentOrganization": _link(context, context.get("parent_entry"), "Project"),
        "knowsAbout": [label.name for label in context["sectors"]],
    }


def _story(context: Context, page: Any) -> Thing:
    network = {"@type": "Organization", "name": context["site_name"]}
    author = {"@type": "Person", "name": page.author} if page.author else network
    told = [_link(context, card, TYPES.get(card["kind"], "Thing")) for card in context.get("tells_of", [])]
    return {
        "@type": "Article",
        "headline": page.title,
        "datePublished": page.date.isoformat(),
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else None,
        "inLanguage": page.locale.language_code,
        "author": author,
        "publisher": network,
        "contentLocation": _place(context, page),
        "about": told,
        "articleSection": [label.name for label in context["sectors"]],
    }


def _breadcrumbs(context: Context, page: Any) -> Thing | None:
    above = context.get("breadcrumbs") or []
    if page.depth <= HOME_DEPTH or not above:
        return None
    steps = [(crumb["title"], _absolute(context, crumb["url"])) for crumb in above]
    steps.append((page.title, context["request"].build_absolute_uri(context["request"].path)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, 1)
        ],
    }


def _link(context: Context, card: Thing | None, kind: str = "Place") -> Thing | None:
    if not card:
        return None
    return {"@type": kind, "@id": card["id"].urn, "name": card["title"], "url": _absolute(context, card["url"])}


def _place(context: Context, page: Any) -> Thing | None:
    place = _stored_place(page)
    return {"@type": "Place", "name": context.get("place_name") or place.name, **_position(place)} if place else None


def _stored_place(page: Any) -> Any:
    """Return the place that the directory holds: the page has read it already."""
    return next((text.entry.place for text in page.directory_texts), None)


def _position(place: Any) -> Thing:
    geo = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    address = {"@type": "PostalAddress", "addressLocality": place.name, "addressCountry": place.country}
    return {"geo": geo, "address": _filled(address)}


def _absolute(context: Context, path: str | None) -> str | None:
    return context["request"].build_absolute_uri(path) if path else None


def _filled(thing: Thing) -> Thing:
    """Leave out what says nothing."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}


DESCRIBED: dict[Any, Callable[[Context, Any], Thing]] = {
    Kind.HUB: _hub,
    Kind.ORGANIZATION: _organization,
    Kind.PROJECT: _project,
    Kind.STORY: _story,
}
TYPES = {Kind.HUB.value: "Place", Kind.ORGANIZATION.value: "Organization", Kind.PROJECT.value: "Project"}
