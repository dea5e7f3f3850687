"""Opening the site in one more language: data only, no migration and no code."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site
from wagtail_localize.operations import translate_object

from cms.core.models import SiteMenu
from cms.directory.pages import EntryIndexPage

from .services import ensure_site_groups, ensure_workflow


class UnknownLanguageError(ValueError):
    """The language is not in the settings."""


@transaction.atomic
def add_language(code: str) -> list[Any]:
    """Open the site in the language `code`. Returns what was made; run again, it adds only what is missing.

    Makes the locale, and in it the home pages, the lists and the menu, public and with the source's words until
    somebody translates them: the translation tool knows them all. Entries need none: the lists show them in the
    language in which they are written. Raises UnknownLanguageError unless the settings name the language.
    """
    if code not in get_content_languages():
        raise UnknownLanguageError(code)
    locale, _created = Locale.objects.get_or_create(language_code=code)
    made = []
    for thing in [*_frame_pages(), *_menus()]:
        if thing.locale_id == locale.pk or thing.has_translation(locale):
            continue
        translate_object(thing, [locale])
        made.append(thing.get_translation(locale))
    ensure_site_groups()
    ensure_workflow()
    return made


def _frame_pages() -> Iterator[Page]:
    """Yield each site's home page and the lists below it, the ones above first."""
    for site in Site.objects.select_related("root_page"):
        yield site.root_page.specific
        for page in site.root_page.get_children().order_by("path").specific():
            if isinstance(page, EntryIndexPage):
                yield page


def _menus() -> list[SiteMenu]:
    first = SiteMenu.objects.order_by("pk").first()
    return [first] if first else []
