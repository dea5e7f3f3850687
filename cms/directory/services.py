"""Keeps entries and their texts equal to the pages. Everything here runs in the transaction that changed a page."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, WorkflowState

from cms.core.page_cache.version import site_changed

from . import rules
from .batches import in_batches
from .changes import note_changes
from .enums import State
from .events import entries_written
from .models import Entry, EntryHub, EntryOrganization, EntryTerm, EntryText
from .pictures import picture
from .translations import source_page, translation_state

if TYPE_CHECKING:
    from .pages import EntryPage

BATCH = 200

_waiting: ContextVar[dict[uuid.UUID, None] | None] = ContextVar("entries waiting to be written", default=None)


@contextmanager
def sync_at_the_end() -> Iterator[None]:
    """Within, pages may be saved many times; their entries are written once, at the end of the same transaction.

    For what makes whole pages in many steps, as imports do. Until the end the directory shows the pages as they were.
    """
    with transaction.atomic():
        waiting: dict[uuid.UUID, None] = {}
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        sync_entries(waiting)


def _can_wait(entry_id: uuid.UUID) -> bool:
    waiting = _waiting.get()
    if waiting is not None:
        waiting[entry_id] = None
    return waiting is not None


@transaction.atomic
def sync_entry(entry_id: uuid.UUID) -> Entry | None:
    """Write the entry of a translation group anew from its pages; None when no page is left and the entry is gone.

    Within `sync_at_the_end` it waits for the end.
    """
    if _can_wait(entry_id):
        return None
    pages = entry_pages(entry_id)
    if not pages:
        _remove([entry_id])
        return None
    source = source_page(pages)
    # The row is locked first: two languages published at once would otherwise write over each other.
    entry, is_new = Entry.objects.select_for_update().get_or_create(
        pk=entry_id, defaults={"kind": source.entry_kind, "source_language": source.locale.language_code}
    )
    facts = source.directory_facts()
    _write_columns(entry, pages, source, facts)
    _write_texts(entry, pages, source)
    _write_links(entry, facts)
    if is_new or entry.kind == "hub":
        _spread_to_hubs_above(entry)
    announce([entry_id])
    return entry


def _remove(entry_ids: Iterable[uuid.UUID]) -> None:
    gone = list(entry_ids)
    Entry.objects.filter(pk__in=gone).delete()
    announce(gone)


def announce(entry_ids: list[uuid.UUID]) -> None:
    """Tell all that is made of entries that these were written or are gone. For those who write rows themselves."""
    note_changes(entry_ids)
    entries_written.send(sender=Entry, entry_ids=entry_ids)


def entry_pages(entry_id: uuid.UUID) -> "list[EntryPage]":
    """Return the community pages of a translation group, source first. Aliases are not pages of their own."""
    found = Page.objects.filter(translation_key=entry_id, alias_of__isnull=True).select_related("locale").specific()
    return sorted(
        (page for page in found if hasattr(page, "entry_kind") and hasattr(page, "directory_facts")),
        key=lambda page: page.pk,
    )


def _state(pages: "list[EntryPage]") -> State:
    if any(page.live for page in pages):
        return State.PUBLISHED
    if (
        WorkflowState.objects.active()
        .filter(object_id__in=[str(page.pk) for page in pages], base_content_type__model="page")
        .exists()
    ):
        return State.IN_REVIEW
    if any(page.first_published_at for page in pages):
        return State.ARCHIVED
    return State.DRAFT


def _write_columns(entry: Entry, pages: "list[EntryPage]", source: "EntryPage", facts: Any) -> None:
    shown = next((page for page in [source, *pages] if page.live), source)
    published = [page.last_published_at for page in pages if page.last_published_at]
    first = [page.first_published_at for page in pages if page.first_published_at]
    entry.kind = source.entry_kind
    entry.state = _state(pages)
    entry.source_language = source.locale.language_code
    entry.shown_language = shown.locale.language_code
    entry.paths = reader_paths(pages, shown)
    entry.published_at = min(first) if first else None
    if published:
        entry.last_activity_at = max(published)
    entry.completeness = rules.completeness(facts.is_complete)
    for name, value in facts.columns.items():
        setattr(entry, name, value)
    entry.rank = entry_rank(entry)
    entry.save()


def entry_rank(entry: Entry) -> float:
    """Return the rank that the entry's columns give it."""
    return rules.rank(
        rules.RankFactors(
            last_activity_at=entry.last_activity_at or timezone.now(),
            completeness=entry.completeness,
            members=entry.member_count,
            comments=entry.comment_count,
            followers=entry.follower_count,
            likes=entry.like_count,
            boost=entry.boost,
        )
    )


def record_activity(*, entry_id: uuid.UUID) -> None:
    """Note that something happened around an entry now: it rises in lists."""
    entry = Entry.objects.select_for_update().get(pk=entry_id)
    entry.last_activity_at = timezone.now()
    entry.rank = entry_rank(entry)
    entry.save(update_fields=["last_activity_at", "rank", "updated_at"])
    entries_written.send(sender=Entry, entry_ids=[entry_id])


def set_member_count(*, entry_id: uuid.UUID, number: int) -> None:
    """Write down how many people belong to an entry: it is shown in lists and moves the entry in them."""
    entry = Entry.objects.select_for_update().get(pk=entry_id)
    if entry.member_count == number:
        return
    entry.member_count = number
    entry.rank = entry_rank(entry)
    entry.save(update_fields=["member_count", "rank", "updated_at"])
    announce([entry_id])


def set_verified(*, entry_id: uuid.UUID, is_verified: bool) -> None:
    """Write down whether an organization is what it says it is. Its pages know nothing of it, and leave it be."""
    entry = Entry.objects.select_for_update().get(pk=entry_id)
    if entry.is_verified == is_verified:
        return
    entry.is_verified = is_verified
    entry.save(update_fields=["is_verified", "updated_at"])
    announce([entry_id])


def reader_paths(pages: "list[EntryPage]", shown: "EntryPage") -> dict[str, str]:
    """Return the address below the root for readers of every language.

    A language without a public page of its own gets the address below its own index page, where the public text is
    shown in another language; nothing, when that index page does not exist either.
    """
    live = {page.locale.language_code: page for page in pages if page.live}
    above = {
        parent.locale.language_code: parent
        for parent in Page.objects.filter(translation_key=_index_key(shown), live=True).select_related("locale")
    }
    paths = {}
    for code in Locale.objects.values_list("language_code", flat=True):
        if code in live:
            paths[code] = page_path(live[code])
        elif code in above and live:
            paths[code] = f"{page_path(above[code])}{shown.slug}/"
    return paths


def _index_key(page: "EntryPage") -> uuid.UUID:
    parent = page.get_parent()
    return parent.translation_key


def page_path(page: Page) -> str:
    """Return the path part of a page's address, with language and slug; "" for a page outside every site."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""


def _write_texts(entry: Entry, pages: "list[EntryPage]", source: "EntryPage") -> None:
    # Before the others are written: who listens to these must not be told of a page that is gone.
    entry.texts.exclude(language__in=[page.locale.language_code for page in pages]).delete()
    for page in pages:
        state = translation_state(page, source)
        EntryText.objects.update_or_create(
            entry=entry,
            language=page.locale.language_code,
            defaults={
                "page_id": page.pk,
                "title": page.title,
                "slug": page.slug,
                "summary": page.summary,
                "path": page_path(page),
                "image": picture(page.cover),
                "search_text": page.plain_text(),
                "is_live": page.live,
                "is_translation": page.pk != source.pk,
                "is_machine_draft": state.is_machine_draft,
                "is_stale": state.is_stale,
            },
        )


@transaction.atomic
def refresh_translation_flags(entry_id: uuid.UUID) -> None:
    """Write anew which of an entry's texts are stale or made by a machine; cheaper than the whole entry."""
    if _can_wait(entry_id):
        return
    texts = list(EntryText.objects.select_for_update().filter(entry_id=entry_id, is_translation=True))
    if not texts:
        return
    pages = {page.pk: page for page in Page.objects.filter(translation_key=entry_id, alias_of__isnull=True)}
    for text in texts:
        if text.page_id in pages:
            state = translation_state(pages[text.page_id], source_page(list(pages.values())))
            text.is_machine_draft, text.is_stale = state.is_machine_draft, state.is_stale
    EntryText.objects.bulk_update(texts, ["is_machine_draft", "is_stale"])
    site_changed()


def _write_links(entry: Entry, facts: Any) -> None:
    _replace(
        EntryTerm,
        entry,
        [
            EntryTerm(entry=entry, vocabulary=vocabulary, key=key, position=position)
            for position, (vocabulary, key) in enumerate(dict.fromkeys(facts.terms))
        ],
    )
    _replace(EntryHub, entry, list(_hub_links(entry, list(dict.fromkeys(facts.hub_ids)))))
    parts = dict(reversed(facts.organizations))
    _replace(
        EntryOrganization,
        entry,
        [
            EntryOrganization(entry=entry, organization_id=organization_id, part=part, position=position)
            for position, (organization_id, part) in enumerate(reversed(parts.items()))
        ],
    )


def _hub_links(entry: Entry, direct: list[uuid.UUID]) -> Iterator[EntryHub]:
    """Yield the hubs that an editor chose, then every hub above them."""
    parents = dict(Entry.objects.of_kind("hub").values_list("pk", "parent_id"))
    known = [hub_id for hub_id in direct if hub_id in parents]
    above: dict[uuid.UUID, None] = {}
    for hub_id in known:
        parent = parents.get(hub_id)
        while parent is not None and parent not in above:
            above[parent] = None
            parent = parents.get(parent)
    for position, hub_id in enumerate([*known, *(hub_id for hub_id in above if hub_id not in known)]):
        if hub_id != entry.pk:
            yield EntryHub(entry=entry, hub_id=hub_id, is_direct=hub_id in known, position=position)


def _replace(model: Any, entry: Entry, rows: list[Any]) -> None:
    """Replace an entry's rows only if they differ: most saves change none of them."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    present = {tuple(getattr(row, name) for name in names) for row in model.objects.filter(entry=entry)}
    if present != {tuple(getattr(row, name) for name in names) for row in rows}:
        model.objects.filter(entry=entry).delete()
        model.objects.bulk_create(rows)


def _spread_to_hubs_above(hub: Entry) -> None:
    """A hub that is new or has moved changes which hubs above it show the entries linked to it."""
    if hub.kind != "hub":
        return
    linked = EntryHub.objects.filter(hub=hub).values_list("entry_id", flat=True).distinct()
    for entry in Entry.objects.filter(pk__in=list(linked)).iterator():
        site_changed()
        direct = list(entry.hub_links.filter(is_direct=True).order_by("position").values_list("hub_id", flat=True))
        _replace(EntryHub, entry, list(_hub_links(entry, direct)))
        note_changes([entry.pk])


def sync_entries(entry_ids: Iterable[uuid.UUID]) -> int:
    """Write many entries anew, each in its own transaction. Returns how many."""
    count = 0
    for entry_id in entry_ids:
        sync_entry(entry_id)
        count += 1
    return count


def sync_below(page: Page) -> None:
    """Write anew what lies below a page whose address has changed, in every language's tree."""
    keys: dict[uuid.UUID, None] = {}
    for tree in Page.objects.filter(translation_key=page.translation_key):
        below = tree.get_descendants().filter(translation_key__in=Entry.objects.values("pk")).order_by("path")
        keys |= dict.fromkeys(below.values_list("translation_key", flat=True))
    sync_entries(keys)


def rebuild(*, progress: Any = None) -> int:
    """Write the whole directory anew in constant memory; entries without pages go. Returns the number of entries.

    Runs top hub first, so that links to hubs find their entries.
    """
    written = 0
    for keys in in_batches(_keys_of_every_page(), BATCH):
        written += sync_entries(dict.fromkeys(keys))
        if progress:
            progress(written)
    for keys in in_batches(Entry.objects.values_list("pk", flat=True).order_by("pk").iterator(), BATCH):
        kept = set(
            Page.objects.filter(translation_key__in=keys, alias_of__isnull=True).values_list(
                "translation_key", flat=True
            )
        )
        with transaction.atomic():
            _remove(set(keys) - kept)
    site_changed()
    return written


def _keys_of_every_page() -> Iterator[uuid.UUID]:
    from .pages import EntryPage  # the page base class imports this module

    for model in page_models(EntryPage):
        yield from model.objects.order_by("path").values_list("translation_key", flat=True).iterator()


def page_models(base: type) -> list[Any]:
    """Return the concrete page types below an abstract one, hubs first because the others link to them."""
    found = [model for model in base.__subclasses__() if not model._meta.abstract]
    return sorted(found, key=lambda model: (model.entry_kind != "hub", model.entry_kind != "organization"))


def refresh_ranks() -> int:
    """Compute every stored rank anew, in batches. Returns how many changed."""
    changed = 0
    entries = Entry.objects.order_by("pk").iterator(chunk_size=BATCH)
    for batch in in_batches(entries, BATCH):
        moved = [entry for entry in batch if entry.rank != entry_rank(entry)]
        for entry in moved:
            entry.rank = entry_rank(entry)
        with transaction.atomic():
            Entry.objects.bulk_update(moved, ["rank"])
            entries_written.send(sender=Entry, entry_ids=[entry.pk for entry in moved])
        changed += len(moved)
    if changed:
        site_changed()
    return changed
