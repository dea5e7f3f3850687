"""Registration only."""

from wagtail.snippets.models import register_snippet

from . import samples
from .snippets import PromotionViewSet

register_snippet(PromotionViewSet)
samples.register()
