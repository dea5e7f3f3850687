"""Row by row: what a row asks for, whether it holds, and what it would change. Nothing is written here."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.directory.enums import Kind
from cms.directory.pages import EntryIndexPage, EntryPage
from cms.organizations.models import OrganizationIndexPage
from cms.projects.models import ProjectIndexPage

from . import streams
from .columns import COLUMNS, PAGES, Column, Sources, columns_of, known_names
from .enums import Outcome
from .lookups import key_of
from .tables import CellRefusedError, FileRefusedError, Problem, Row, Table, shortened

LISTS: dict[str, type[EntryIndexPage]] = {Kind.ORGANIZATION: OrganizationIndexPage, Kind.PROJECT: ProjectIndexPage}
KEY_LENGTH = 200
Values = list[tuple[Column, Any]]


@dataclass
class Options:
    """How a file is to be read: what its rows are, and their language, where the file itself does not say."""

    kind: str
    language: str


@dataclass
class Candidate:
    """A row that is known by kind, key and language, but not looked at further."""

    row: Row
    kind: str
    name: str
    key: uuid.UUID
    language: str

    def refuse(self, column: str, reason: str) -> None:
        """Note what is wrong with the row."""
        self.row.problems.append(Problem(column, reason))


@dataclass
class Plan:
    """What a row would do: the page it is about (None for a new one), what it changes, in which languages."""

    candidate: Candidate
    page: EntryPage | None = None
    parent: EntryIndexPage | None = None
    values: Values = field(default_factory=list)
    texts: dict[str, Values] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        if self.candidate.row.problems:
            return Outcome.WRONG
        if self.page is None:
            return Outcome.CREATED
        return Outcome.CHANGED if self.values or self.texts else Outcome.UNCHANGED


def candidates(table: Table, options: Options) -> list[Candidate]:
    """Return the rows in the order in which they can be imported: what others name comes before them.

    Raises FileRefusedError for columns that we do not know or that are missing.
    """
    languages = [locale.language_code for locale in Locale.objects.order_by("pk")]
    unknown = [name for name in table.columns if name not in known_names(languages)]
    if unknown:
        message = _("These columns are not known: %(names)s. docs/import.md lists those that are.")
        raise FileRefusedError(message % {"names": shortened(", ".join(unknown))})
    if "key" not in table.columns:
        raise FileRefusedError(_("The column «key» is missing: it tells which row is which when you import again."))
    if not options.kind and "kind" not in table.columns:
        raise FileRefusedError(_("Say whether the rows are organizations or projects, or add a column «kind»."))
    found = [_candidate(row, options, languages) for row in table.rows]
    _refuse_doubles(found)
    parents = {(one.kind, one.name): one.row.cells.get("parent", "") for one in found}
    order = list(PAGES)
    return sorted(found, key=lambda one: (order.index(one.kind), _depth(one, parents)))


def _candidate(row: Row, options: Options, languages: list[str]) -> Candidate:
    name, kind = row.cells.get("key", ""), row.cells.get("kind", "").casefold() or options.kind
    language = row.cells.get("language", "") or options.language
    found = Candidate(row, kind, name, key_of(kind, name), language)
    if not name or len(name) > KEY_LENGTH:
        message = _("Every row needs a key of at most %(most)s characters that no other row has.")
        found.refuse("key", message % {"most": KEY_LENGTH})
    if kind not in PAGES:
        found.refuse("kind", _("The kind must be organization or project."))
        found.kind = Kind.PROJECT
    if language not in languages:
        found.refuse("language", _("The site is not open in this language."))
    return found


def _refuse_doubles(found: list[Candidate]) -> None:
    first: dict[tuple[str, uuid.UUID], int] = {}
    for one in found:
        line = first.setdefault((one.kind, one.key), one.row.line)
        if line != one.row.line and one.name:
            one.refuse("key", _("The same key stands in line %(line)s already.") % {"line": line})


def _depth(candidate: Candidate, parents: dict[tuple[str, str], str]) -> int:
    seen = {candidate.name}
    parent = parents.get((candidate.kind, candidate.name), "")
    while parent and parent not in seen and (candidate.kind, parent) in parents:
        seen.add(parent)
        parent = parents[candidate.kind, parent]
    return len(seen)


def plan(candidate: Candidate, sources: Sources) -> Plan:
    """Look at a row closely. What is wrong with it is in the row's problems afterwards."""
    found = Plan(candidate)
    if candidate.row.problems:
        return found
    pages = _pages(candidate)
    found.page = pages.get(candidate.language)
    found.parent = LISTS[candidate.kind].objects.filter(locale__language_code=candidate.language, live=True).first()
    _check_state(candidate, pages, found.parent)
    if not candidate.row.problems:
        wanted = _wanted(candidate, sources, is_new=found.page is None)
        _check_together(candidate, wanted, found, sources)
        found.values = _changed(wanted, found.page)
        for code, texts in _translations(candidate, wanted, pages, sources):
            found.texts[code] = texts
    if not candidate.row.problems:
        sources.lookups.add(candidate.kind, candidate.key, _parent_of(found, sources))
    return found


def _pages(candidate: Candidate) -> dict[str, EntryPage]:
    """Return the pages under the row's key by language, the first written one first."""
    pages = PAGES[candidate.kind].objects.filter(translation_key=candidate.key, alias_of__isnull=True)
    related = [name for name in ("place", "cover", "logo", "status", "type") if hasattr(PAGES[candidate.kind], name)]
    return {page.locale.language_code: page for page in pages.select_related("locale", *related).order_by("pk")}


def _check_state(candidate: Candidate, pages: dict[str, EntryPage], parent: Any) -> None:
    if not pages and Page.objects.filter(translation_key=candidate.key).exists():
        candidate.refuse("key", _("This key belongs to a page of another kind."))
    if pages and next(iter(pages)) != candidate.language:
        message = _("The page was first written in another language (%(language)s).")
        candidate.refuse("language", message % {"language": next(iter(pages))})
    if not pages and parent is None:
        candidate.refuse("language", _("There is no public list in this language to put the page into."))
    for page in pages.values():
        if not page.live:
            candidate.refuse("", _("The page is not public. Publish it in the admin first, or delete it."))
        elif page.has_unpublished_changes or page.locked:
            candidate.refuse("", _("Somebody is working on the page: it is locked, or has changes not yet public."))


def _wanted(candidate: Candidate, sources: Sources, *, is_new: bool) -> Values:
    """Return the values that the row's cells hold. A column that the row does not have is left as it is."""
    cells, wanted = candidate.row.cells, []
    columns = columns_of(candidate.kind)
    _refuse_foreign(candidate, {name for column in columns for name in column.names})
    for column in columns:
        is_given = any(name in cells for name in column.names)
        if column.names == ("slug",):
            is_given = bool(cells.get("slug"))
        if is_given or (is_new and column.names in {("title",), ("summary",)}):
            try:
                wanted.append((column, column.parse(cells, sources)))
            except CellRefusedError as error:
                candidate.refuse(column.names[0], str(error))
    return wanted


def _refuse_foreign(candidate: Candidate, own: set[str]) -> None:
    """Refuse cells of columns that only the other kind has."""
    for column in COLUMNS:
        for name in column.names:
            if name not in own and candidate.row.cells.get(name):
                candidate.refuse(name, _("This kind of entry has no such value."))


def _check_together(candidate: Candidate, wanted: Values, found: Plan, sources: Sources) -> None:
    """Check what no cell can know alone."""
    values = {column.names[0]: value for column, value in wanted}
    page = found.page
    begin = values.get("start", getattr(page, "start_date", None))
    end = values.get("end", getattr(page, "end_date", None))
    if begin and end and end < begin:
        candidate.refuse("end", _("The end lies before the beginning."))
    if values.get("parent") and sources.lookups.is_above_itself(candidate.key, values["parent"]):
        candidate.refuse("parent", _("Nothing can be a part of itself."))
    parent = found.parent if page is None else page.get_parent()
    if values.get("slug") and _is_taken(values["slug"], parent, page):
        candidate.refuse("slug", _("Another page has this address already."))


def _is_taken(slug: str, parent: Any, page: Any) -> bool:
    return parent.get_children().filter(slug=slug).exclude(pk=page.pk if page else None).exists()


def _changed(wanted: Values, page: EntryPage | None) -> Values:
    return wanted if page is None else [(column, value) for column, value in wanted if column.read(page) != value]


def _parent_of(found: Plan, sources: Sources) -> uuid.UUID | None:
    given = [value for column, value in found.values if column.names == ("parent",)]
    return given[0] if given else sources.lookups.parents.get(found.candidate.key)


def _translations(
    candidate: Candidate, wanted: Values, pages: dict[str, EntryPage], sources: Sources
) -> Iterator[tuple[str, Values]]:
    """Yield the languages whose text the row changes, with every text that the translation then has."""
    texts = [column for column in columns_of(candidate.kind) if column.is_text]
    for code in dict.fromkeys(name.partition(":")[2] for name in candidate.row.cells if ":" in name):
        given = [name for column in texts for name in column.in_language(code) if candidate.row.cells.get(name)]
        if not given:
            continue
        if code == candidate.language:
            candidate.refuse(given[0], _("This is the row's own language: leave the cell empty."))
            continue
        page = pages.get(code)
        if page and not Translation.objects.filter(source__object_id=candidate.key, target_locale=page.locale).exists():
            candidate.refuse(given[0], _("This translation is a page of its own: change it in the admin."))
            continue
        found = [(column, _text(candidate, column, code, page, sources)) for column in texts]
        _check_shape(candidate, code, dict(wanted), dict(found), pages.get(candidate.language))
        if page is None or any(column.read(page) != value for column, value in found):
            yield code, found


def _text(candidate: Candidate, column: Column, code: str, page: EntryPage | None, sources: Sources) -> Any:
    """Return one text of a translation: as the row gives it, else as it is."""
    names = column.in_language(code)
    row = {name: candidate.row.cells.get(long, "") for name, long in zip(column.names, names, strict=True)}
    if not any(row.values()):
        if page is not None:
            return column.read(page)
        if column.names == ("slug",):
            return ""
    try:
        return column.parse(row, sources)
    except CellRefusedError as error:
        candidate.refuse(names[0], str(error))
        return None


def _check_shape(
    candidate: Candidate, code: str, wanted: dict[Column, Any], found: dict[Column, Any], source: EntryPage | None
) -> None:
    """Refuse a translated text that is not built like the first one: translations go paragraph by paragraph."""
    body = next(column for column in found if column.names[0] == "body")
    first = wanted[body] if body in wanted else body.read(source) if source else []
    if found[body] is not None and streams.shape(first) != streams.shape(found[body]):
        message = _("The text has %(number)s parts here and %(first)s in the first language; they must match.")
        numbers = {"number": streams.part_count(found[body]), "first": streams.part_count(first)}
        candidate.refuse(f"body:{code}", message % numbers)
