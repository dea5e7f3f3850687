"""Makes wagtail-localize's editor work beside an API that takes JSON and tokens only."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail_localize.views import edit_translation


def accept_forms() -> None:
    """Let the two views that save a sentence read forms, which is what their editor sends.

    They are DRF views without parsers of their own, so they follow the project's default, and every save in the
    translation editor would end in 415.
    """
    for view in (edit_translation.edit_string_translation, edit_translation.edit_override):
        view.cls.parser_classes = [FormParser, MultiPartParser, JSONParser]


def accept_sessions() -> None:
    """Let the editor show the pictures and documents of a page, which it fetches from the admin's own API.

    Wagtail gives only the pages of that API session authentication; the others follow the project's default, answer
    401, and the translation editor stays empty for every page with a picture.
    """
    for view in (ImagesAdminAPIViewSet, DocumentsAdminAPIViewSet):
        view.authentication_classes = [SessionAuthentication]
