"""Search beside what Wagtail brings along, on the same texts; and how long suggestions take."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import orjson
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from wagtail.models import Locale, Page

from cms.projects.models import ProjectPage
from search.backends import Scope
from search.selectors import documents, search

from . import invented
from .client import UnexpectedAnswerError, ask
from .databases import Recipe, ready, scale, use
from .rounds import ratio, times
from .server import Server, serve
from .table import Figure, median

SIZES = (20_000, 200_000)
LANGUAGE = "en"
SHOWN = 20
CONFIGURATIONS = {"en": "english", "de": "german"}
DOCUMENTS = (
    "source, object_id, language, configuration, kind, title, summary, keywords, body, folded_title, words, paths,"
    " readers, weight, is_public, updated_at"
)
# Indexes are made when all rows are there: one by one they would take most of the time.
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname LIKE ANY(%s)"
# Wagtail keeps a page's texts in one row, found by vectors; these are its own columns, written as its indexing does.
PAGES = """
INSERT INTO wagtailcore_page (path, depth, numchild, title, draft_title, slug, live, has_unpublished_changes, url_path,
  seo_title, show_in_menus, search_description, expired, content_type_id, locked, translation_key, locale_id)
SELECT '9999' || lpad(id::text, 16, '0'), 2, 0, title, title, 'bench-' || id, true, false, '/bench/' || id || '/',
  '', false, '', false, {kind}, false, object_id, {locale} FROM search_searchdocument WHERE source = 'bench'
"""
INDEX_ENTRIES = """
INSERT INTO wagtailsearch_indexentry (object_id, title_norm, content_type_id, autocomplete, title, body, title_text,
  body_text)
SELECT p.id::varchar, 1, {kind}, to_tsvector('simple', d.title), setweight(to_tsvector(d.title), 'A'),
  to_tsvector(d.summary || ' ' || d.body), '', ''
FROM wagtailcore_page p JOIN search_searchdocument d ON d.object_id = p.translation_key AND d.source = 'bench'
"""
# Ours, which Wagtail lacks.
NOT_STOCK = ("wagtailsearch_title_and_body", "wagtailcore_page_id_as_text")


def recipe(number: int) -> Recipe:
    """Return the demo and 20,000 entries with so many texts, for us and for Wagtail."""

    def load() -> None:
        with connections["default"].cursor() as cursor:
            _copy_texts(cursor, number)
            _copy_words(cursor, number)
            _give_to_wagtail(cursor)

    files = ("bench/texts.py", "bench/invented.py")
    return Recipe(f"bench_texts_{number}", load, scale(20_000), files)


def measure() -> Iterator[Figure]:
    names = {size: ready(recipe(size)) for size in SIZES}
    words = invented.words_of(LANGUAGE)
    terms = {"rare": invented.RARE, "middling": invented.MIDDLING, "common": invented.COMMON}
    for size, name in names.items():
        for rarity in ("rare", "middling"):
            yield _beside_wagtail(name, size, rarity, words[terms[rarity]])
    yield _bounded(names, words[terms["common"]])
    with serve(names[SIZES[-1]]) as server:
        yield _suggestions(server, words)


def _beside_wagtail(name: str, size: int, rarity: str, word: str) -> Figure:
    with use(name):
        hits = len(search(word, Scope(LANGUAGE)).hits)
        if not hits or not stock(word):
            message = f"Nothing fits {word!r}."
            raise UnexpectedAnswerError(message)
        runs = times({"ours": lambda: ours(word), "stock": lambda: stock(word)}, rounds=11)
    source = f"{median(runs['ours']):.1f} and {median(runs['stock']):.0f} ms, {hits} hits"
    label = f"Search: {rarity} word in {size} texts beside Wagtail's"
    return Figure(label, ratio(runs, "stock", "ours"), 20, "×", is_least=True, source=source)


def _bounded(names: dict[int, str], word: str) -> Figure:
    """Compare a word of most texts in ten times as many texts."""

    def asking(name: str) -> Any:
        def call() -> None:
            with use(name):
                ours(word)

        return call

    few, many = SIZES
    runs = times({str(size): asking(name) for size, name in names.items()})
    source = f"{median(runs[str(many)]):.1f} ms at {many}, {median(runs[str(few)]):.1f} ms at {few}"
    return Figure(f"Search: common word, {many} beside {few}", ratio(runs, str(many), str(few)), 2, "×", source=source)


def _suggestions(server: Server, words: list[str]) -> Figure:
    """Return the slowest kind of beginning: two letters, a syllable, a whole word, two words, a slip, a place."""
    whole = words[invented.MIDDLING]
    slip = words[invented.RARE][:-1] + "x"
    beginnings = [words[0][:2], words[0][:3], whole, f"{words[3]} {words[4][:2]}", slip, "berl", "xqzwy"]
    paths = {text: f"/api/v1/suggest/?lang={LANGUAGE}&q={quote(text)}" for text in beginnings}
    found = {text: len(orjson.loads(ask(server.target(path)).body)["results"]) for text, path in paths.items()}
    if not all(found[text] for text in beginnings[:3]):
        message = f"There is nothing to suggest: {found}."
        raise UnexpectedAnswerError(message)
    runs = times({text: _asking(server, path) for text, path in paths.items()}, rounds=21)
    spent = {text: median(runs[text]) for text in beginnings}
    slowest = max(spent, key=lambda text: spent[text])
    source = ", ".join(f"{text!r} {spent[text]:.1f}" for text in beginnings)
    return Figure(f"Suggestions in {SIZES[-1]} texts", spent[slowest], 20, "ms", source=source)


def _asking(server: Server, path: str) -> Any:
    return lambda: ask(server.target(path))


def ours(word: str) -> list[Any]:
    """Return the first page of results as the API reads it."""
    return documents(search(word, Scope(LANGUAGE)).hits[:SHOWN])


def stock(word: str) -> list[Page]:
    """Return the first page of results as Wagtail's documentation tells to."""
    return list(Page.objects.search(word)[:SHOWN])


def _copy_texts(cursor: Any, number: int) -> None:
    cursor.execute(INDEXES, ["search_searchdocument", ["search_document_%", "search_searchdocument_folded%"]])
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    lines = io.StringIO("".join(_line(text) for text in invented.texts(number)))
    cursor.copy_expert(f"COPY search_searchdocument ({DOCUMENTS}) FROM STDIN", lines)
    for _name, definition in indexes:
        cursor.execute(definition)


def _line(text: invented.Text) -> str:
    folded = text.title.lower()
    words = " ".join(sorted(set(f"{folded} {text.summary} {text.body}".split())))
    # Shown to readers of both languages, as an entry without a translation is.
    paths = '{"en": "/en/x/", "de": "/de/x/"}'
    columns = (
        "bench", text.key, text.language, CONFIGURATIONS[text.language], text.kind, text.title, text.summary, "",
        text.body, folded, words, paths, ",de,en,", text.weight, "t", "2026-11-21",
    )  # fmt: skip
    return "\t".join(map(str, columns)) + "\n"


def _copy_words(cursor: Any, number: int) -> None:
    counts = invented.counted(number)
    lines = "".join(
        f"{language}\t{word}\t{word}\t{times_}\n" for language in counts for word, times_ in counts[language].items()
    )
    cursor.copy_expert("COPY search_word (language, word, shown, number) FROM STDIN", io.StringIO(lines))


def _give_to_wagtail(cursor: Any) -> None:
    """Make a page of each text and index it, and take away the two indexes that are ours."""
    kind = ContentType.objects.get_for_model(ProjectPage).pk
    locale = Locale.objects.order_by("pk").values_list("pk", flat=True)[0]
    for name in NOT_STOCK:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute(PAGES.format(kind=kind, locale=locale))
    cursor.execute(INDEX_ENTRIES.format(kind=kind))
