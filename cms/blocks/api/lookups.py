"""What blocks point at. A body is walked twice: first to note what it needs, then, fetched at once, to show it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.directory.services import page_path
from cms.media.models import Image, Rendition

from .rich_text import PAGE, linked_ids, safe_html

# Wide enough for a column of text on a dense screen, nothing cut off.
SHOWN = "max-1600x1600|format-webp"


class Wanted:
    """The first walk: notes what is pointed at and shows nothing."""

    def __init__(self) -> None:
        self.images: set[int] = set()
        self.pages: set[int] = set()
        self.documents: set[int] = set()
        self.entries: set[uuid.UUID] = set()

    def image(self, key: int | None, alt: str | None = None) -> None:
        if key:
            self.images.add(key)

    def page(self, key: int | None) -> None:
        if key:
            self.pages.add(key)

    def entry(self, key: Any) -> None:
        if key:
            self.entries.add(uuid.UUID(str(key)))

    def html(self, text: str) -> None:
        for kind, key in linked_ids(text):
            (self.pages if kind == PAGE else self.documents).add(key)


class Found:
    """The second walk: shows what was fetched; what is gone or not public is None."""

    def __init__(
        self,
        wanted: Wanted,
        language: str,
        absolute: Callable[[str], str],
        entries: dict[uuid.UUID, dict[str, Any]],
    ) -> None:
        self._images = _images(wanted.images, absolute)
        self._pages = {key: absolute(path) for key, path in _page_paths(wanted.pages, language).items()}
        self._documents = {key: absolute(path) for key, path in _document_paths(wanted.documents).items()}
        self._entries = entries

    def image(self, key: int | None, alt: str | None = None) -> dict[str, Any] | None:
        image = self._images.get(key)
        return image if image is None or alt is None else image | {"alt": alt}

    def page(self, key: int | None) -> str | None:
        return self._pages.get(key)

    def entry(self, key: Any) -> dict[str, Any] | None:
        return self._entries.get(uuid.UUID(str(key))) if key else None

    def html(self, text: str) -> str:
        return safe_html(text, self._pages, self._documents)


def _images(keys: set[int], absolute: Callable[[str], str]) -> dict[int, dict[str, Any]]:
    """Return the pictures in one query; a size that nobody has asked for yet is made now."""
    if not keys:
        return {}
    renditions = list(Rendition.objects.filter(image__in=keys, filter_spec=SHOWN).select_related("image"))
    missing = keys - {rendition.image_id for rendition in renditions}
    if missing:
        renditions += _made(Image.objects.filter(pk__in=missing))
    return {rendition.image_id: _picture(rendition, absolute) for rendition in renditions}


def _made(images: QuerySet[Image]) -> list[Rendition]:
    made = []
    for image in images:
        try:
            made.append(image.get_rendition(SHOWN))
        except OSError:  # the file is lost: the page goes on without the picture, as it does for readers
            continue
    return made


def _picture(rendition: Rendition, absolute: Callable[[str], str]) -> dict[str, Any]:
    return {
        "url": absolute(rendition.url),
        "width": rendition.width,
        "height": rendition.height,
        "alt": rendition.image.default_alt_text,
        "credit": rendition.image.credit,
    }


def _page_paths(keys: set[int], language: str) -> dict[int, str]:
    """Return where links lead: to the public translation in the reader's language, else to the page itself."""
    if not keys:
        return {}
    groups = Page.objects.filter(pk__in=keys).values("translation_key")
    pages = list(Page.objects.live().filter(translation_key__in=groups).select_related("locale"))
    translations = {page.translation_key: page for page in pages if page.locale.language_code == language}
    # A page that is not public itself has no row here: its link is dropped, though a translation may be public.
    return {page.pk: page_path(translations.get(page.translation_key, page)) for page in pages if page.pk in keys}


def _document_paths(keys: set[int]) -> dict[int, str]:
    return {document.pk: document.url for document in get_document_model().objects.filter(pk__in=keys)} if keys else {}
