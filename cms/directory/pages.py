"""The base of every community page, and of the index pages above them."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models, transaction
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from cms.core.pages import BOOKKEEPING, BasePage
from cms.media.models import Image
from cms.places.models import Place
from cms.taxonomy.forms import TermChoicesMixin
from cms.taxonomy.models import Sector

from . import listings, selectors, services
from .addresses import NEWEST, RELEVANCE, ListKind
from .authoring import lock_children
from .cards import cards
from .enums import Attendance, Kind
from .models import Entry, EntryText
from .permissions import EntryPagePermissionTester

SUMMARY_LENGTH = 240


@dataclass
class EntryFacts:
    """What a page tells the directory beyond its words; each page type fills in what it has."""

    columns: dict[str, Any] = field(default_factory=dict)
    terms: list[tuple[str, Any]] = field(default_factory=list)
    hub_ids: list[Any] = field(default_factory=list)
    organizations: list[tuple[Any, str]] = field(default_factory=list)
    is_complete: list[bool] = field(default_factory=list)


def _address(page: Page) -> tuple[str, bool] | None:
    """Return what the addresses of everything below a page depend on; None before it is stored."""
    return Page.objects.filter(pk=page.pk).values_list("url_path", "live").first() if page.pk else None


class EntryPageForm(TermChoicesMixin, WagtailAdminPageForm):
    """The admin's form of a community page."""


class EntryPage(BasePage):
    """A community page: hub, organization, project, story. Saving one keeps the directory in step."""

    entry_kind: ClassVar[Kind]
    base_form_class = EntryPageForm

    summary = models.TextField(
        _("summary"),
        max_length=SUMMARY_LENGTH,
        help_text=_("One or two sentences that stand in lists and search results."),
    )
    cover = models.ForeignKey(
        Image,
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Wide pictures work best. Without one we draw an illustration from the title."),
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The city, district or region it belongs to; it puts the page on maps and into nearby lists."),
    )
    sectors = ParentalManyToManyField(
        Sector,
        verbose_name=_("sectors"),
        blank=True,
        related_name="+",
        help_text=_("What it is about. The first one gives the page its colour."),
    )
    boost = models.SmallIntegerField(
        _("editor's boost"),
        choices=[(0, _("None")), (2, _("A little")), (5, _("Strong"))],
        default=0,
        help_text=_("Lifts the page in lists. Use it sparingly: it does not wear off by itself."),
    )

    promote_panels = [*BasePage.promote_panels, MultiFieldPanel([FieldPanel("boost")], heading=_("Lists"))]
    search_fields = [*BasePage.search_fields, index.SearchField("summary")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("sectors", overridable=False),
        SynchronizedField("cover"),
        SynchronizedField("place", overridable=False),
        SynchronizedField("boost", overridable=False),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if set(kwargs.get("update_fields") or [None]) <= BOOKKEEPING:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            before = _address(self)
            super().save(*args, **kwargs)
            services.sync_entry(self.translation_key)
            if before != _address(self):
                services.sync_below(self)

    def permissions_for_user(self, user: Any) -> EntryPagePermissionTester:
        return EntryPagePermissionTester(user, self)

    def directory_facts(self) -> EntryFacts:
        """Return what the directory keeps of this page. Page types extend it."""
        sectors = list(self.sectors.all())
        place = self.place
        return EntryFacts(
            columns={
                "place": place,
                "latitude": place.latitude if place else None,
                "longitude": place.longitude if place else None,
                "attendance": Attendance.PLACE,
                "boost": self.boost,
            },
            terms=[(Sector.vocabulary, sector.translation_key) for sector in sectors],
            hub_ids=[link.entry_id for link in self.hub_links.all()] if hasattr(self, "hub_links") else [],
            is_complete=[bool(self.cover_id), bool(place), bool(sectors), bool(self.summary)],
        )

    @cached_property
    def directory_texts(self) -> list[EntryText]:
        """What the directory holds of this page in every language, with its entry and place; one query."""
        return list(EntryText.objects.filter(entry_id=self.translation_key).select_related("entry__place"))

    def public_paths(self) -> dict[str, str]:
        return {text.language: text.path for text in self.directory_texts if text.is_live}

    def reader_paths(self) -> dict[str, str]:
        return self.directory_texts[0].entry.paths if self.directory_texts else {}

    def plain_text(self) -> str:
        """Return the words of the page for the search index, without markup."""
        return self.summary

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= selectors.page_context(self, request)
        return context


class HubLink(Orderable):
    """Shows a page in a hub."""

    entry = models.ForeignKey(
        Entry, verbose_name=_("hub"), on_delete=models.CASCADE, related_name="+", limit_choices_to={"kind": Kind.HUB}
    )

    panels = [FieldPanel("entry")]

    class Meta(Orderable.Meta):
        abstract = True


class FallbackRouteMixin:
    """Finds entries that have no page in this language and serves another language's in their place."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        try:
            return super().route(request, path_components)
        except Http404:
            result = self.route_elsewhere(request, path_components[-1]) if path_components else None
            if result is None:
                raise
            return result

    def route_elsewhere(self, request: HttpRequest, slug: str) -> RouteResult | None:
        """Return the public page in another language that readers find below this page under that slug."""
        page = selectors.page_for_reader(self, slug)
        if page is None:
            return None
        request.reading_language = self.locale.language_code
        return RouteResult(page)


class EntryIndexPage(FallbackRouteMixin, BasePage):
    """The page above all entries of a kind; lists them from the directory."""

    entry_kind: ClassVar[Kind]

    introduction = models.TextField(
        _("introduction"), blank=True, max_length=400, help_text=_("Stands above the list, in one or two sentences.")
    )
    page_size = 24
    # How the list makes its cards: a queryset of entries, a language and the terms in, dictionaries out.
    make_cards = staticmethod(cards)
    # The orders that the list can have, the usual one first.
    sorts: ClassVar[tuple[str, ...]] = (RELEVANCE, NEWEST)
    # What the facet "type" offers, by value, where the types are no terms.
    types: ClassVar[dict[str, Any]] = {}
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = _address(self)
            super().save(*args, **kwargs)
            if before != _address(self):
                services.sync_below(self)

    def add_child(self, *args: Any, **kwargs: Any) -> Page:
        """Add a page below this one, whichever door it comes through; submissions at the same moment queue up."""
        with transaction.atomic():
            lock_children(self)
            return super().add_child(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= selectors.index_context(self, request, context)
        return context

    @property
    def list_kind(self) -> ListKind:
        """What this list can be asked."""
        return ListKind(self.entry_kind, self.sorts, self.types)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer with the list, or with the way to its one address."""
        return listings.redirect_of(self, request) or super().serve(request, *args, **kwargs)
