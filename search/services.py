"""Keeps documents and words in step with what the sources say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from cms.directory.batches import in_batches
from cms.places.names import folded

from .backends import backend
from .models import SearchDocument, Word
from .registry import FoundText, Source, sources
from .words import configuration_of, known_words, other_spellings

BATCH = 200
# PostgreSQL refuses a tsvector of more than a megabyte, and nobody looks for what stands so far down.
LONGEST_BODY = 100_000
IDENTITY = ("source", "object_id", "language")
WRITTEN = (
    "entry_id", "configuration", "kind", "title", "summary", "keywords", "body", "folded_title", "words", "paths",
    "readers", "weight", "is_public",
)  # fmt: skip
# Of these nothing stands beside the table.
UNREAD = ("paths", "readers", "weight", "is_public", "entry_id", "kind")

Changes = dict[str, Counter[str]]


def document_of(source: str, text: FoundText) -> SearchDocument:
    """Return the unsaved document of a text."""
    visible = f"{text.title} {text.summary} {text.body[:LONGEST_BODY]}"
    keywords = " ".join(dict.fromkeys([*text.keywords.split(), *other_spellings(f"{visible} {text.keywords}")]))
    return SearchDocument(
        source=source,
        object_id=text.object_id,
        entry_id=text.entry_id,
        language=text.language,
        configuration=configuration_of(text.language),
        kind=text.kind,
        title=text.title[:255],
        summary=text.summary,
        keywords=keywords,
        body=text.body[:LONGEST_BODY],
        folded_title=folded(text.title),
        words=" ".join(sorted(known_words(f"{visible} {text.keywords}").values())),
        paths=dict(text.paths),
        readers=f",{','.join(sorted(text.paths))},",
        weight=text.weight,
        is_public=text.is_public,
    )


def write_documents(source: Source, ids: Collection[UUID]) -> None:
    """Write anew what can be found of these things, in the transaction that changed them; what is gone goes.

    Words are counted after the commit: two editors at once would wait for each other over every common word.
    """
    changes: Changes = defaultdict(Counter)
    with transaction.atomic():
        _write(source, ids, changes)
    if any(any(counter.values()) for counter in changes.values()):
        transaction.on_commit(lambda: count_words(changes))


def _write(source: Source, ids: Collection[UUID], changes: Changes, *, again: bool = False) -> None:
    """Write documents and note which words came and went. `again` writes also what has not changed."""
    present = {
        (document.object_id, document.language): document
        for document in SearchDocument.objects.filter(source=source.name, object_id__in=ids)
    }
    written: list[SearchDocument] = []
    reindexed: list[SearchDocument] = []
    for text in source.read(ids):
        document, before = document_of(source.name, text), present.pop((text.object_id, text.language), None)
        if again or before is None or _differs(before, document, WRITTEN):
            written.append(document)
            _note(changes, before, -1)
            _note(changes, document, 1)
        if again or before is None or _differs(before, document, tuple(set(WRITTEN) - set(UNREAD))):
            reindexed.append(document)
    engine = backend()
    if present:
        gone = [document.pk for document in present.values()]
        engine.forget(gone)
        SearchDocument.objects.filter(pk__in=gone).delete()
        for document in present.values():
            _note(changes, document, -1)
    if written:
        SearchDocument.objects.bulk_create(
            written, update_conflicts=True, unique_fields=IDENTITY, update_fields=[*WRITTEN, "updated_at"]
        )
        engine.index(reindexed)


def _differs(one: SearchDocument, other: SearchDocument, names: tuple[str, ...]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _note(changes: Changes, document: SearchDocument | None, number: int) -> None:
    if document is not None and document.is_public:
        for word in document.words.split():
            changes[document.language][word] += number


@transaction.atomic
def count_words(changes: Changes) -> None:
    """Add to the numbers of words, given by language as they are shown."""
    engine = backend()
    for language, counter in sorted(changes.items()):
        numbers: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for word, number in counter.items():
            if number:
                numbers[folded(word)] += number
                shown.setdefault(folded(word), word)
        if numbers:
            engine.count_words(language, [(word, shown[word], number) for word, number in numbers.items()])


def rebuild(*, progress: Callable[[int], Any] | None = None) -> int:
    """Write every document and word anew in constant memory but for the words. Returns the number of things.

    Search goes on meanwhile: documents are replaced a batch at a time.
    """
    changes: Changes = defaultdict(Counter)
    SearchDocument.objects.exclude(source__in=[source.name for source in sources()]).delete()
    count = 0
    for source in sources():
        for ids in in_batches(_every_id(source), BATCH):
            with transaction.atomic():
                _write(source, ids, changes, again=True)
            count += len(ids)
            if progress:
                progress(count)
    backend().tidy()
    write_words()
    return count


def _every_id(source: Source) -> Iterator[UUID]:
    """Yield what there is, then what there was."""
    seen: set[UUID] = set()
    for key in source.every_id():
        seen.add(key)
        yield key
    stored = SearchDocument.objects.filter(source=source.name).values_list("object_id", flat=True).distinct()
    yield from (key for key in list(stored) if key not in seen)


@transaction.atomic
def write_words() -> None:
    """Count every word of every document anew."""
    changes: Changes = defaultdict(Counter)
    stored = SearchDocument.objects.filter(is_public=True).order_by("pk").values_list("language", "words")
    for language, words in stored.iterator():
        changes[language].update(words.split())
    Word.objects.all().delete()
    count_words(changes)
