"""`Idempotency-Key`: a POST that is sent again, because its answer was lost, gets that answer and does nothing."""

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from platform_apps.core.models import KeptAnswer

HEADER = "Idempotency-Key"
LONGEST = 100


class KeyUsedError(APIException):
    """The key belongs to another request."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = _("This Idempotency-Key was used for another request.")


def once(request: Request, answer: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
    """Return status and body, kept ones when this request was answered before. Call it inside the transaction.

    The row comes first: of two at once the second waits for the first one's transaction, and then finds its answer.
    Raises ValidationError for a key that is none, KeyUsedError for one that belongs to another request.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return answer()
    if len(key) > LONGEST or not (key.isascii() and key.isprintable()):
        raise ValidationError({HEADER: [_("Up to 100 printable characters.")]})
    digest = _digest(request)
    kept, is_new = KeptAnswer.objects.get_or_create(user=request.user, key=key, defaults={"request_digest": digest})
    if not is_new:
        if kept.request_digest != digest:
            raise KeyUsedError
        return kept.status, bytes(kept.body)
    kept.status, kept.body = answer()
    kept.save(update_fields=["status", "body"])
    return kept.status, bytes(kept.body)


def _digest(request: Request) -> str:
    # What was sent, not how: the parser has read the stream already.
    sent = repr((request.get_full_path(), request.data))
    return blake2b(sent.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()
