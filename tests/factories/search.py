"""Things to be found: entries in the read model, written to the search index at once."""

from typing import Any

from cms.directory.enums import Kind
from cms.directory.models import Entry
from search.services import write_documents, write_words
from search.sources import ENTRIES
from tests.factories.directory import make_entry, save_entries


def find(kind: str = Kind.PROJECT, *, title: str, summary: str = "", body: str = "", **columns: Any) -> Entry:
    """Make a public entry with these words in every language given (`languages`), ready to be found."""
    entry, texts = make_entry(kind, title=title, **columns)
    for text in texts:
        text.title = title
        text.summary = summary
        text.search_text = body
    save_entries([(entry, texts)])
    write_documents(ENTRIES, [entry.pk])
    # Words are counted after the commit, which a test never reaches.
    write_words()
    return entry
