"""Use cases of importing: every row in a transaction of its own, so that wrong ones change nothing and stop nothing."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import Translation, TranslationSource

from cms.directory.authoring import add_page
from cms.directory.services import sync_at_the_end
from cms.directory.translating import save_translation, translate

from .columns import PAGES, Sources
from .enums import Outcome
from .plans import Candidate, Plan, Values, plan
from .tables import Problem

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RowResult:
    """What became of a row, or would become of it."""

    line: int
    key: str
    kind: str
    title: str
    outcome: str
    problems: tuple[Problem, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the result for JSON."""
        return asdict(self) | {"problems": [asdict(problem) for problem in self.problems]}


def import_rows(
    *,
    rows: Iterable[Candidate],
    sources: Sources,
    author: Any = None,
    dry_run: bool = False,
    progress: Callable[[RowResult], Any] | None = None,
) -> list[RowResult]:
    """Make and change the pages that rows describe, and publish them. Returns one result for each row, in order.

    `author` is the user in whose name pages are published; without one the installation itself acts. A dry run looks
    at everything, writes nothing, and counts what earlier rows would have made as there.
    """
    results = []
    for candidate in rows:
        found = plan(candidate, sources)
        if not dry_run and found.outcome in {Outcome.CREATED, Outcome.CHANGED}:
            _try_to_write(found, author, sources)
        results.append(_result(found))
        if progress:
            progress(results[-1])
    return results


def _result(found: Plan) -> RowResult:
    candidate = found.candidate
    cells, problems = candidate.row.cells, tuple(candidate.row.problems)
    title = cells.get("title", "") or (found.page.title if found.page else "")
    return RowResult(candidate.row.line, candidate.name, candidate.kind, title, found.outcome.value, problems)


def _try_to_write(found: Plan, author: Any, sources: Sources) -> None:
    candidate = found.candidate
    try:
        # A page is saved several times on its way; where it is referred to is noted once, at the end.
        with sync_at_the_end():
            with disable_reference_index_auto_update():
                _write(found, author)
            _index_references(candidate)
    except ValidationError as error:
        _refuse(found, sources, " ".join(error.messages))
    except (DatabaseError, OSError) as error:
        # Somebody changed the site between looking and writing, or its storage failed: this row, not the others.
        logger.exception("Line %s of an import could not be written.", candidate.row.line)
        _refuse(found, sources, _("The row could not be stored (%(reason)s).") % {"reason": type(error).__name__})


def _index_references(candidate: Candidate) -> None:
    for page in PAGES[candidate.kind].objects.filter(translation_key=candidate.key):
        ReferenceIndex.create_or_update_for_object(page)


def _refuse(found: Plan, sources: Sources, reason: str) -> None:
    found.candidate.refuse("", reason)
    if found.page is None:
        sources.lookups.entries[found.candidate.kind].discard(found.candidate.key)


def _write(found: Plan, author: Any) -> None:
    page = _write_source(found, author)
    for code, texts in found.texts.items():
        locale = Locale.objects.get(language_code=code)
        fields = {column.names[0] for column, _value in texts}
        translate(page, locale, lambda copy, texts=texts: _write_texts(copy, texts), user=author, replace=fields)
    if any(not column.is_text for column, _value in found.values):
        _carry_over(page, found.texts, author)


def _write_source(found: Plan, author: Any) -> Any:
    page, candidate = found.page, found.candidate
    if page is None:
        page = PAGES[candidate.kind](translation_key=candidate.key, locale=found.parent.locale)
    for column, value in found.values:
        column.write(page, value)
    if found.page is None:
        return add_page(parent=found.parent, page=page, author=author, publish=True)
    if found.values:
        page.save_revision(user=author, log_action=True).publish(user=author)
        page.refresh_from_db()
    return page


def _write_texts(copy: Any, texts: Values) -> None:
    for column, value in texts:
        column.write(copy, value)
    copy.slug = copy.slug or slugify(copy.title) or str(copy.translation_key)


def _carry_over(page: Any, but: Iterable[str], author: Any) -> None:
    """Bring what all languages share into translations that are complete; others keep waiting for their translator."""
    others = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    others = others.exclude(target_locale__language_code__in=list(but))
    if others.exists():
        TranslationSource.update_or_create_from_instance(page)
    for translation in others.select_related("source", "target_locale"):
        total, done = translation.get_progress()
        target = (
            type(page).objects.filter(translation_key=page.translation_key, locale=translation.target_locale).first()
        )
        if done == total and target and target.live and not target.has_unpublished_changes:
            save_translation(translation, user=author)
