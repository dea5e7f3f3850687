"""Registration only."""

from wagtail.snippets.models import register_snippet

from .snippets import PromotionViewSet

register_snippet(PromotionViewSet)
