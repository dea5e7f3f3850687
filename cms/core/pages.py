"""What every page of the site has in common."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField, TranslatableField

from . import site_context

# What Wagtail notes on a page when a draft is saved or locked: none of it is public.
BOOKKEEPING = frozenset(
    {
        "latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "locked",
        "locked_at", "locked_by", "latest_revision_id", COMMENTS_RELATION_NAME,
    }
)  # fmt: skip


class BasePage(Page):
    """A page with the site's frame: navigation, breadcrumbs, language links, description for search engines."""

    # Where a page that says nothing for search engines has its description; not every type has every field.
    description_fields: ClassVar[tuple[str, ...]] = ("search_description", "summary", "introduction", "standfirst")
    # Set while routing, when neither the page nor any page above it has a restriction.
    is_unrestricted: ClassVar[bool] = False

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Search engines")
        ),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("slug"),
        SynchronizedField("show_in_menus"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= site_context.frame(request, self)
        return context

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what restricts this page or one above it, in one query at most; an alias obeys its original."""
        if self.is_unrestricted:
            return PageViewRestriction.objects.none()
        steps = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        on_the_way = Q(page__path__in=steps) | Q(page__aliases__path__in=steps)
        return PageViewRestriction.objects.filter(on_the_way).distinct()

    @cached_property
    def _live_paths(self) -> dict[str, str]:
        translations = Page.objects.filter(translation_key=self.translation_key, live=True).select_related("locale")
        return {page.locale.language_code: page.get_url() or "" for page in translations}

    @property
    def description(self) -> str:
        """The page in one or two sentences, for search engines and previews; "" when nobody wrote any."""
        texts = (getattr(self, name, "") for name in self.description_fields)
        return next((text for text in texts if text), "")

    def public_paths(self) -> dict[str, str]:
        """Return the path of this page by language, for every language in which it is public."""
        return self._live_paths

    def reader_paths(self) -> dict[str, str]:
        """Return where readers of each language find this page, its text being in theirs or not."""
        return self.public_paths()
