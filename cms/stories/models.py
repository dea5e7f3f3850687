from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks.streams import BodyBlock
from cms.blocks.text import plain_text
from cms.core.fields import StreamField
from cms.directory.addresses import NEWEST, RELEVANCE
from cms.directory.enums import Kind, Part
from cms.directory.models import Entry
from cms.directory.pages import EntryFacts, EntryIndexPage, EntryPage, HubLink
from cms.directory.selectors import related_cards
from cms.directory.similar import similar_cards


class StoryIndexPage(EntryIndexPage):
    """Lists every story, the newest first."""

    entry_kind = Kind.STORY
    sorts = (NEWEST, RELEVANCE)
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]
    template = "stories/index.html"

    class Meta:
        verbose_name = _("story list")


class StoryPage(EntryPage):
    """News and reports: what happened, told by somebody."""

    entry_kind = Kind.STORY
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []
    template = "stories/story.html"

    date = models.DateField(_("date"), default=timezone.localdate, help_text=_("Stories are listed by this date."))
    author = models.CharField(_("told by"), max_length=100, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover"),
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("author")],
            heading=_("By whom and when"),
            help_text=_("Stands above the text."),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("sectors"), FieldPanel("place")], heading=_("What about")),
        MultipleChooserPanel(
            "hub_links",
            chooser_field_name="entry",
            heading=_("Hubs"),
            help_text=_("The hubs on whose pages it is shown."),
        ),
        MultipleChooserPanel(
            "entry_links",
            chooser_field_name="entry",
            heading=_("Tells of"),
            help_text=_("The organizations and projects that the story is about."),
        ),
    ]
    search_fields = [*EntryPage.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *EntryPage.override_translatable_fields,
        SynchronizedField("date", overridable=False),
        SynchronizedField("author", overridable=False),
        SynchronizedField("hub_links", overridable=False),
        SynchronizedField("entry_links", overridable=False),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def directory_facts(self) -> EntryFacts:
        facts = super().directory_facts()
        facts.columns["start_date"] = self.date
        facts.organizations = [
            (link.entry_id, Part.PARTNER) for link in self.entry_links.all() if link.entry.kind == Kind.ORGANIZATION
        ]
        facts.is_complete += [bool(self.body), bool(self.author)]
        return facts

    def plain_text(self) -> str:
        return f"{self.summary}\n{plain_text(self.body)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        told = [link.entry_id for link in self.entry_links.all()]
        entries = Entry.objects.filter(pk__in=told)
        language, labels = get_language(), context["labels"]
        context["tells_of"] = related_cards(entries, language, labels)
        context["similar"] = similar_cards(context["likeness"], language, labels)
        return context


class StoryHubLink(HubLink):
    """Shows a story in a hub."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="hub_links")


class StoryEntryLink(Orderable):
    """An organization or project that a story tells of."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="entry_links")
    entry = models.ForeignKey(
        Entry,
        verbose_name=_("organization or project"),
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"kind__in": [Kind.ORGANIZATION, Kind.PROJECT]},
    )

    panels = [FieldPanel("entry")]
