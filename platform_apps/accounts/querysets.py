from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from .models import TokenTerms  # noqa: F401 (in the quoted type below)


class TokenTermsQuerySet(models.QuerySet["TokenTerms"]):
    """Reads of personal tokens."""

    def of(self, user: Any) -> "TokenTermsQuerySet":
        """Keep what is good and belongs to the user, the latest first."""
        return self.good().filter(token__user=user).select_related("token").order_by("-token__created", "-pk")

    def good(self) -> "TokenTermsQuerySet":
        """Keep what was not revoked and has not expired."""
        return self.filter(token__revoked_at__isnull=True, expires_at__gt=timezone.now())
