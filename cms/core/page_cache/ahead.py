"""Draws pages before anybody asks: the crops of pictures on them are made by a worker, not while a visitor waits."""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex


def draw_ahead(page_id: int) -> bool:
    """Draw a public page with pictures the way a visitor would have it drawn. Returns whether there was one.

    The page is kept for the first visitor as well. Drawing it twice changes nothing.
    """
    page = Page.objects.filter(pk=page_id, live=True).first()
    if page is None or not page.full_url or not _has_pictures(page):
        return False
    with translation.override(page.locale.language_code):
        # Not closed, because that would end a request, and with it the connection to the database: there was none.
        _handler().get_response(WSGIRequest(page._get_dummy_headers()))
    return True


def pages_with(picture_id: int) -> list[int]:
    """Return the ids of the pages that show a picture."""
    picture = get_image_model()(pk=picture_id)
    pages = ContentType.objects.get_for_model(Page)
    found = ReferenceIndex.get_references_to(picture).filter(base_content_type=pages)
    return sorted({int(key) for key in found.values_list("object_id", flat=True)})


def _has_pictures(page: Page) -> bool:
    pictures = ContentType.objects.get_for_model(get_image_model())
    return ReferenceIndex.get_references_for_object(page).filter(to_content_type=pictures).exists()


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
