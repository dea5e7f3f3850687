"""How a page's text came about: by hand, by a machine, and whether its source has moved on since."""

from dataclasses import dataclass

from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation


@dataclass(frozen=True)
class TranslationState:
    """What readers and editors are told about a translated page."""

    is_machine_draft: bool = False
    is_stale: bool = False


def source_page(pages: list[Page]) -> Page:
    """Return the page that was written first: the one all others are translations of."""
    return min(pages, key=lambda page: page.pk)


def translation_state(page: Page, source: Page) -> TranslationState:
    """Return the state of a page against its source.

    Stale: the source was published after its strings were last taken over, or strings have no translation yet.
    """
    if page.pk == source.pk:
        return TranslationState()
    translation = (
        Translation.objects.select_related("source")
        .filter(source__object_id=page.translation_key, target_locale_id=page.locale_id)
        .order_by("-enabled", "-pk")
        .first()
    )
    if translation is None:
        # Translated without the tool: all that is known is which of the two was published last.
        return TranslationState(is_stale=_is_newer(source, page))
    total, done = translation.get_progress()
    taken_over = translation.source.last_updated_at
    moved_on = bool(source.last_published_at and source.last_published_at > taken_over)
    return TranslationState(is_machine_draft=_is_machine_made(translation), is_stale=moved_on or done < total)


def _is_newer(source: Page, page: Page) -> bool:
    return bool(
        source.last_published_at and page.last_published_at and source.last_published_at > page.last_published_at
    )


def _is_machine_made(translation: Translation) -> bool:
    strings = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id,
        translation_of__segments__source_id=translation.source_id,
        context__object_id=translation.source.object_id,
    )
    return (
        strings.filter(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE).exists()
        and not strings.filter(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL).exists()
    )
