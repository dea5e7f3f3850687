from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks.streams import LandingBlock
from cms.core.fields import StreamField
from cms.core.pages import BasePage
from cms.directory.cards import cards, hub_cards
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.taxonomy.selectors import sectors_of, shown_terms

PROJECTS, STORIES, HUBS = 6, 6, 8


class HomePage(BasePage):
    """The front page of the network: one lead story, what is new, the hubs, the sectors, and what editors add below."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "hubs.HubIndexPage",
        "organizations.OrganizationIndexPage",
        "projects.ProjectIndexPage",
        "stories.StoryIndexPage",
        "pages.ContentPage",
        "pages.ContactPage",
    ]
    max_count_per_parent = None
    template = "home/home.html"

    headline = models.CharField(
        _("headline"),
        max_length=60,
        blank=True,
        help_text=_("The largest words of the site. Empty: the lead story's title."),
    )
    standfirst = models.TextField(_("standfirst"), max_length=240, blank=True, help_text=_("One or two sentences."))
    lead = models.ForeignKey(
        Entry,
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The entry on top of the page. Empty: the newest story."),
    )
    body = StreamField(LandingBlock(), verbose_name=_("further bands"), blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("headline"), FieldPanel("standfirst"), FieldPanel("lead")],
            heading=_("Top of the page"),
            help_text=_("What a visitor sees first."),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("lead"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = get_language()
        labels = shown_terms(language)
        public = Entry.objects.published()
        newest = public.of_kind(Kind.STORY).order_by("-start_date", "pk")[: STORIES + 1]
        projects = public.of_kind(Kind.PROJECT).order_by("-rank", "pk")[:PROJECTS]
        hubs = public.of_kind(Kind.HUB).filter(parent=None).order_by("-rank", "pk")[:HUBS]
        stories = cards(newest, language, labels=labels)
        chosen = [story for story in stories if story["id"] == self.lead_id]
        if self.lead_id and not chosen:
            chosen = cards(public.filter(pk=self.lead_id), language, labels=labels)
        lead = next(iter(chosen or stories), None)
        context |= {
            "labels": labels,
            "lead": lead,
            "news": [story for story in stories if not lead or story["id"] != lead["id"]][:STORIES],
            "lists": self._lists(request),
            "projects": cards(projects, language, labels=labels),
            "hubs": hub_cards(hubs, language, labels=labels),
            "sectors": [label for label in sectors_of(labels) if label.parent is None],
        }
        return context

    def _lists(self, request: HttpRequest) -> dict[str, dict[str, str]]:
        """Return title and address of the lists below this page, by the kind of what they list; one query."""
        found = {}
        for page in self.get_children().live():
            kind = getattr(page.specific_class, "entry_kind", None)
            if kind:
                found[kind.value] = {"title": page.title, "url": page.get_url(request) or ""}
        return found


class DemoLoad(models.Model):
    """Remembers which version of the demo content this database holds, so that loading it again costs nothing."""

    version = models.CharField(max_length=32, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.version
