"""Hubs as addresses name them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from cms.core.ids import as_uuid

from .enums import Kind, State
from .models import EntryText


@dataclass
class HubName:
    """A public hub as one reader sees it. `token` names it in addresses: its slug, or its id where others share it."""

    key: uuid.UUID
    token: str = ""
    title: str = ""
    slug: str = ""
    slugs: set[str] = field(default_factory=set)


def hub_names(
    language: str, *, tokens: Collection[str] = (), keys: Collection[uuid.UUID] = ()
) -> dict[uuid.UUID, HubName]:
    """Return the public hubs of these ids, and those that these slugs or ids in addresses may mean. One query."""
    wanted = {*keys, *filter(None, map(as_uuid, tokens))}
    if not wanted and not tokens:
        return {}
    public = EntryText.objects.live().filter(entry__kind=Kind.HUB, entry__state=State.PUBLISHED)
    namesakes = public.filter(slug=OuterRef("slug")).exclude(entry=OuterRef("entry"))
    named = public.filter(slug__in=tokens).values("entry")
    texts = public.filter(Q(entry__in=wanted) | Q(entry__in=named)).annotate(is_shared=Exists(namesakes))
    found: dict[uuid.UUID, HubName] = {}
    rows = texts.values_list("entry_id", "language", "entry__shown_language", "slug", "title", "is_shared")
    for key, code, shown, slug, title, is_shared in rows:
        hub = found.setdefault(key, HubName(key))
        hub.slugs.add(slug)
        if code == language or (code == shown and not hub.title):
            hub.title, hub.slug, hub.token = title, slug, str(key) if is_shared else slug
    return found


def meant(token: str, hubs: dict[uuid.UUID, HubName]) -> HubName | None:
    """Return the one hub that a token in an address means; None for none and for a slug of several."""
    key = as_uuid(token)
    if key:
        return hubs.get(key)
    named = [hub for hub in hubs.values() if token in hub.slugs]
    return named[0] if len(named) == 1 else None
