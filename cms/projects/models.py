from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks.streams import BodyBlock
from cms.blocks.text import plain_text
from cms.core.fields import StreamField
from cms.directory.addresses import ENDING, NEWEST, RELEVANCE
from cms.directory.enums import Attendance, Kind, Part
from cms.directory.models import Entry
from cms.directory.pages import EntryFacts, EntryIndexPage, EntryPage, HubLink
from cms.directory.similar import parts_and_similar
from cms.media.models import Image
from cms.taxonomy.models import ProjectStatus, Skill

PARTS_LIMIT = 12


class ProjectIndexPage(EntryIndexPage):
    """Lists every project."""

    entry_kind = Kind.PROJECT
    sorts = (RELEVANCE, NEWEST, ENDING)
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    template = "projects/index.html"

    class Meta:
        verbose_name = _("project list")


class ProjectPage(EntryPage):
    """A project showcase: what somebody does about the climate, and how others can join or copy it."""

    entry_kind = Kind.PROJECT
    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types: list[str] = []
    template = "projects/project.html"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    status = models.ForeignKey(
        ProjectStatus, verbose_name=_("status"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    start_date = models.DateField(_("began on"), null=True, blank=True)
    end_date = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("Leave empty while no end is in sight.")
    )
    attendance = models.CharField(
        _("where it happens"), max_length=20, choices=Attendance.choices, default=Attendance.PLACE
    )
    skills = ParentalManyToManyField(
        Skill,
        verbose_name=_("skills sought"),
        blank=True,
        related_name="+",
        help_text=_("What newcomers could bring; members who can do this will be shown the project."),
    )
    is_open = models.BooleanField(
        _("open for collaboration"), default=False, help_text=_("Shows visitors that new people are welcome.")
    )
    parent_project = models.ForeignKey(
        Entry,
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": Kind.PROJECT},
        help_text=_("The larger project that this one belongs to."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("body"),
        InlinePanel("gallery", heading=_("Gallery"), label=_("picture"), help_text=_("Pictures below the text.")),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldPanel("is_open"),
            ],
            heading=_("How far it is"),
            help_text=_("Visitors filter by this; keep it up to date."),
        ),
        MultiFieldPanel([FieldPanel("attendance"), FieldPanel("place")], heading=_("Where")),
        MultiFieldPanel(
            [FieldPanel("sectors"), FieldPanel("skills")],
            heading=_("What about"),
            help_text=_("Sectors put the project on the right lists, skills bring the right people."),
        ),
        MultipleChooserPanel(
            "hub_links",
            chooser_field_name="entry",
            heading=_("Hubs"),
            help_text=_("The hubs on whose pages it is shown."),
        ),
        MultipleChooserPanel(
            "organization_links",
            chooser_field_name="entry",
            heading=_("Organizations"),
            help_text=_("Who leads the project, and who takes part."),
        ),
        FieldPanel("parent_project"),
        InlinePanel(
            "impact",
            heading=_("Impact"),
            label=_("figure"),
            help_text=_("Numbers with their unit, as you would tell them to a neighbour."),
        ),
        InlinePanel("links", heading=_("Links"), label=_("link"), help_text=_("Drawings, reports, a website.")),
    ]
    search_fields = [*EntryPage.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *EntryPage.override_translatable_fields,
        SynchronizedField("status", overridable=False),
        SynchronizedField("start_date", overridable=False),
        SynchronizedField("end_date", overridable=False),
        SynchronizedField("attendance", overridable=False),
        SynchronizedField("skills", overridable=False),
        SynchronizedField("is_open", overridable=False),
        SynchronizedField("parent_project", overridable=False),
        SynchronizedField("hub_links", overridable=False),
        SynchronizedField("organization_links", overridable=False),
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True)
                | models.Q(start_date__isnull=True)
                | models.Q(end_date__gte=models.F("start_date")),
                name="project_ends_after_it_begins",
            ),
        ]

    def clean(self) -> None:
        """Refuse an end before the beginning, and a project that is part of itself."""
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The end lies before the beginning.")})
        if self.parent_project_id and self._is_above_itself():
            raise ValidationError({"parent_project": _("A project cannot be part of itself.")})

    def _is_above_itself(self) -> bool:
        seen = set()
        above = self.parent_project
        while above is not None and above.pk not in seen:
            if above.pk == self.translation_key:
                return True
            seen.add(above.pk)
            above = above.parent
        return False

    def directory_facts(self) -> EntryFacts:
        facts = super().directory_facts()
        facts.columns |= {
            "parent_id": self.parent_project_id,
            "attendance": self.attendance,
            "is_open": self.is_open,
            "phase": self.status.phase if self.status else "",
            "start_date": self.start_date,
            "end_date": self.end_date,
        }
        facts.terms += [(Skill.vocabulary, skill.translation_key) for skill in self.skills.all()]
        if self.status:
            facts.terms.append((ProjectStatus.vocabulary, self.status.translation_key))
        facts.organizations = [(link.entry_id, link.part) for link in self.organization_links.all()]
        facts.is_complete += [bool(self.body), bool(self.status), bool(facts.organizations), bool(self.start_date)]
        return facts

    def plain_text(self) -> str:
        return f"{self.summary}\n{plain_text(self.body)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language, labels = get_language(), context["labels"]
        parts, similar = parts_and_similar(context["likeness"], language, labels, most_parts=PARTS_LIMIT)
        context |= {
            "parts": parts,
            "similar": similar,
            "impact": self.impact.all(),
            "gallery": self.gallery.select_related("image"),
            "links": self.links.all(),
        }
        return context


class ProjectHubLink(HubLink):
    """Shows a project in a hub."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="hub_links")


class ProjectOrganizationLink(Orderable):
    """An organization that leads a project or takes part in it."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="organization_links")
    entry = models.ForeignKey(
        Entry,
        verbose_name=_("organization"),
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"kind": Kind.ORGANIZATION},
    )
    part = models.CharField(_("part"), max_length=20, choices=Part.choices, default=Part.LEAD)

    panels = [FieldPanel("entry"), FieldPanel("part")]


class GalleryPicture(TranslatableMixin, Orderable):
    """A picture in a project's gallery."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(Image, verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+")
    caption = models.CharField(_("caption"), max_length=250, blank=True)

    panels = [FieldPanel("image"), FieldPanel("caption")]
    override_translatable_fields = [SynchronizedField("image"), TranslatableField("caption")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass


class ImpactFigure(TranslatableMixin, Orderable):
    """A number that a project stands for."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="impact")
    value = models.DecimalField(_("number"), max_digits=16, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=30, blank=True, help_text=_("For example: t CO₂e a year."))
    label = models.CharField(_("what it counts"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("value"), FieldPanel("unit")]), FieldPanel("label")]
    override_translatable_fields = [
        SynchronizedField("value", overridable=False),
        TranslatableField("unit"),
        TranslatableField("label"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    @property
    def number(self) -> str:
        """The value as the reader's language writes it, without decimals that say nothing."""
        return number_format(self.value.normalize(), force_grouping=True)


class ProjectLink(TranslatableMixin, Orderable):
    """A link to something of the project that lies elsewhere."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(_("address"))
    label = models.CharField(_("label"), max_length=120)

    panels = [FieldPanel("url"), FieldPanel("label")]
    override_translatable_fields = [SynchronizedField("url"), TranslatableField("label")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass
