"""Gives a page its translation the way a translator would: segment by segment, marked as made by hand."""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

OVERWRITTEN = ("data", "translation_type", "last_translated_by", "has_error", "field_error", "updated_at")


def translate(
    source: Any, locale: Locale, write: Callable[[Any], None], *, user: Any = None, replace: Collection[str] = ()
) -> None:
    """Translate a page or snippet. `write` puts the other language's words into a copy of the instance.

    The copy is only read: its segments, found at the same places in the same order, become the translations of the
    source's, so that editors later see them in the translation view. What is translated already stays as it is, but
    for the fields named in `replace`.
    """
    record, _is_new = TranslationSource.update_or_create_from_instance(source)
    translation, _is_new = Translation.objects.get_or_create(source=record, target_locale=locale)
    copy = record.as_instance()
    write(copy)
    words: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(copy):
        if isinstance(segment, StringSegmentValue):
            words[segment.path].append(segment.string.data)
    rows: dict[tuple[int, int], StringTranslation] = {}
    replaced: dict[tuple[int, int], StringTranslation] = {}
    for segment in StringSegment.objects.filter(source=record).select_related("context").order_by("order"):
        path = segment.context.path
        if words[path]:
            chosen = replaced if path.partition(".")[0] in replace else rows
            chosen[segment.string_id, segment.context_id] = StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale=locale,
                data=words[path].pop(0),
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=user,
            )
    StringTranslation.objects.bulk_create(rows.values(), ignore_conflicts=True)
    StringTranslation.objects.bulk_create(
        replaced.values(),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=OVERWRITTEN,
    )
    save_translation(translation, user=user)


def save_translation(translation: Translation, *, user: Any = None) -> None:
    """Write the translated page or snippet anew from its source and its strings, and publish it if it is a page."""
    source = translation.source.get_source_instance()
    is_page = isinstance(source, Page)
    translation.save_target(user=user, publish=not is_page)
    if is_page:
        # The tool publishes after the transaction with the tree's figures of now: children added since would be lost.
        page = Page.objects.get(translation_key=source.translation_key, locale=translation.target_locale)
        page.specific.get_latest_revision().publish()
