"""Feeds: the newest public entries of the site, a hub, an organization or a sector, ready to be written out."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cms.core.site_context import home_url
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.directory.querysets import EntryQuerySet
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import Terms, shown_terms

from .pictures import entry_poster, poster_address
from .selectors import entry_titles, shared_entries

ITEMS = 30
# When nothing has been published yet, a feed still has to say when it was changed.
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
SECTOR = Vocabulary.SECTOR.value
# What has a feed of its own beside the site.
SCOPES = (Kind.HUB.value, Kind.ORGANIZATION.value, SECTOR)


@dataclass(frozen=True)
class FeedItem:
    """One entry in a feed. Addresses are absolute, `language` is the one its words are written in."""

    id: str
    url: str
    title: str
    summary: str
    language: str
    published: datetime
    updated: datetime
    authors: list[dict[str, str]]
    categories: list[dict[str, str]]
    picture: str
    picture_type: str


@dataclass(frozen=True)
class Feed:
    """A feed in one language. `author` is the network, which answers for items without an author of their own."""

    id: str
    title: str
    description: str
    language: str
    url: str
    author: str
    items: list[FeedItem] = field(default_factory=list)

    @property
    def updated(self) -> datetime:
        """When the newest change of an item was made."""
        return max((item.updated for item in self.items), default=BEGINNING)


@dataclass(frozen=True)
class FeedFrame:
    """What feeds take from the request: the reader's language, how paths become addresses, the frame of the site."""

    language: str
    absolute: Callable[[str], str]
    site: dict[str, Any]


def site_feed(frame: FeedFrame) -> Feed:
    """Return the newest entries of all kinds."""
    url = frame.absolute(home_url(frame.language))
    labels = shown_terms(frame.language)
    items = _items(frame, labels, Entry.objects.all(), None)[0]
    return Feed(_feed_id(frame), frame.site["name"], "", frame.language, url, frame.site["name"], items)


def scope_feed(frame: FeedFrame, scope: str, key: uuid.UUID) -> Feed | None:
    """Return the newest entries of a hub, an organization or a sector; None when there is no such thing in public."""
    labels = shown_terms(frame.language)
    if scope == SECTOR:
        return _sector_feed(frame, labels, key)
    entries = Entry.objects.in_hub(key) if scope == Kind.HUB else Entry.objects.of_organization(key)
    items, own = _items(frame, labels, entries, key)
    if own is None or own["kind"] != scope:
        return None
    url = frame.absolute(own["url"])
    title = f"{own['title']} – {frame.site['name']}"
    return Feed(_feed_id(frame, key), title, own["summary"], frame.language, url, frame.site["name"], items)


def _sector_feed(frame: FeedFrame, labels: Terms, key: uuid.UUID) -> Feed | None:
    label = labels.by_key.get(key)
    if label is None or label.vocabulary != Vocabulary.SECTOR:
        return None
    items = _items(frame, labels, Entry.objects.with_term(labels.subtree(key)), None)[0]
    url = frame.absolute(home_url(frame.language))
    title = f"{label.name} – {frame.site['name']}"
    return Feed(_feed_id(frame, key), title, label.description, frame.language, url, frame.site["name"], items)


def _feed_id(frame: FeedFrame, key: uuid.UUID | None = None) -> str:
    """Return an id that stays when what the feed is of gets another name or address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{frame.absolute(home_url(frame.language))}#{key or ''}").urn


def _items(
    frame: FeedFrame, labels: Terms, entries: EntryQuerySet, scope: uuid.UUID | None
) -> tuple[list[FeedItem], dict[str, Any] | None]:
    """Return the newest items of a queryset, and title and path of the entry whose feed it is; three queries."""
    newest = entries.published().filter(published_at__isnull=False).order_by("-published_at", "pk")[:ITEMS]
    found = shared_entries(newest, frame.language, labels=labels)
    named = {key for card in found for key in card["lead_ids"]} | ({scope} if scope else set())
    titles = entry_titles(named, frame.language) if named else {}
    items = [_item(frame, card, titles) for card in found if card["url"]]
    return items, titles.get(scope) if scope else None


def _item(frame: FeedFrame, card: dict[str, Any], titles: dict[uuid.UUID, dict[str, Any]]) -> FeedItem:
    leads = [titles[key] for key in card["lead_ids"] if key in titles]
    if card["kind"] == Kind.ORGANIZATION:
        leads = [card]
    picture, picture_type = _picture(frame, card)
    return FeedItem(
        id=card["id"].urn,
        url=frame.absolute(card["url"]),
        title=card["title"],
        summary=card["summary"],
        language=card["language"] or frame.language,
        published=card["published_at"],
        updated=max(card["published_at"], card["last_activity_at"]),
        authors=[{"name": lead["title"], "url": frame.absolute(lead["url"])} for lead in leads],
        categories=[{"term": label.slug, "label": label.name} for label in card["sectors"]],
        picture=frame.absolute(picture),
        picture_type=picture_type,
    )


def _picture(frame: FeedFrame, card: dict[str, Any]) -> tuple[str, str]:
    """Return path and type of the cover; of the poster where there is no cover."""
    if card["image"]:
        return card["image"]["wide_url"], "image/webp"
    poster = entry_poster(
        title=card["title"], kind_label=card["kind_label"], sectors=card["sectors"], place=card["place_name"],
        image=None, frame=frame.site,
    )  # fmt: skip
    return poster_address(card["id"], frame.language, poster), "image/png"
