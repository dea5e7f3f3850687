"""The first source: what the directory says of every public page of the community."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from cms.directory.enums import Kind, State
from cms.directory.models import Entry, EntryTerm, EntryText
from cms.places.models import Place
from cms.taxonomy.selectors import Terms, terms

from .registry import FoundText, Source


def read_entries(ids: Collection[UUID]) -> Iterator[FoundText]:
    """Yield the public texts of entries, each with the words of its place and terms. Two queries, and one a language.

    A text is shown to readers of its language; the entry's shown one also to those whose language it lacks.
    """
    texts = (
        EntryText.objects.live()
        .filter(entry__in=ids, entry__state=State.PUBLISHED)
        .select_related("entry__place")
        .defer("entry__place__boundary")
        .order_by("entry", "language")
    )
    of_entry: dict[UUID, list[EntryText]] = defaultdict(list)
    for text in texts:
        of_entry[text.entry_id].append(text)
    carried: dict[UUID, list[UUID]] = defaultdict(list)
    for entry_id, key in EntryTerm.objects.filter(entry__in=list(of_entry)).values_list("entry_id", "key"):
        carried[entry_id].append(key)
    labels: dict[str, Terms] = {}
    for entry_id, found in of_entry.items():
        for text in found:
            names = _names(carried[entry_id], text.language, labels)
            yield _found(text, {other.language for other in found}, [*names, *_names_of_place(text.entry.place)])


def _found(text: EntryText, languages: set[str], keywords: list[str]) -> FoundText:
    entry = text.entry
    is_shown_to_others = text.language == entry.shown_language
    paths = {
        code: path
        for code, path in entry.paths.items()
        if code == text.language or (is_shown_to_others and code not in languages)
    }
    return FoundText(
        object_id=entry.pk,
        entry_id=entry.pk,
        language=text.language,
        kind=entry.kind,
        title=text.title,
        summary=text.summary,
        body=text.search_text,
        keywords=" ".join(dict.fromkeys(keywords)),
        paths=paths,
        weight=entry.rank,
    )


def _names(keys: Iterable[UUID], language: str, labels: dict[str, Terms]) -> list[str]:
    """Return the names of terms; a hub's own one brings its general counterpart along."""
    keys = list(keys)
    if not keys:
        return []
    if language not in labels:
        labels[language] = terms(language)
    own = [labels[language].by_key[key] for key in keys if key in labels[language].by_key]
    return sorted(label.name for label in [*own, *labels[language].shown(keys)])


def _names_of_place(place: Place | None) -> list[str]:
    return sorted({place.name, *place.names.values()}) if place else []


def every_entry() -> Iterator[UUID]:
    """Yield the id of every entry, public or not."""
    yield from Entry.objects.order_by("pk").values_list("pk", flat=True).iterator()


ENTRIES = Source(name="entry", kinds=dict(Kind.choices), read=read_entries, every_id=every_entry)
