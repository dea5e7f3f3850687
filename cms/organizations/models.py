from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks.streams import BodyBlock
from cms.blocks.text import plain_text
from cms.core.fields import StreamField
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.directory.pages import EntryFacts, EntryIndexPage, EntryPage, HubLink
from cms.directory.selectors import related_cards
from cms.directory.similar import similar_cards
from cms.media.models import Image
from cms.taxonomy.models import OrganizationType

from .enums import Size


class OrganizationIndexPage(EntryIndexPage):
    """Lists every organization."""

    entry_kind = Kind.ORGANIZATION
    parent_page_types = ["home.HomePage"]
    subpage_types = ["organizations.OrganizationPage"]
    template = "organizations/index.html"

    class Meta:
        verbose_name = _("organization list")


class OrganizationPage(EntryPage):
    """A group of people with a name: association, cooperative, municipality, school."""

    entry_kind = Kind.ORGANIZATION
    parent_page_types = ["organizations.OrganizationIndexPage"]
    subpage_types: list[str] = []
    template = "organizations/organization.html"

    type = models.ForeignKey(
        OrganizationType, verbose_name=_("type"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    parent_organization = models.ForeignKey(
        Entry,
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": Kind.ORGANIZATION},
        help_text=_("The organization that this one is a part of."),
    )
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, blank=True)
    logo = models.ForeignKey(
        Image,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("On a plain ground; it is shown small."),
    )
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Shown to everybody. Use a shared address rather than a person's.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("address"), max_length=200, blank=True, help_text=_("Where visitors find you."))
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("logo")], heading=_("Pictures")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("type"), FieldPanel("size"), FieldPanel("sectors"), FieldPanel("parent_organization")],
            heading=_("What it is"),
            help_text=_("Helps people to find the organization by what it does."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("address"),
                FieldPanel("website"),
                FieldPanel("email"),
                FieldPanel("phone"),
            ],
            heading=_("Where to find it"),
        ),
        MultipleChooserPanel(
            "hub_links",
            chooser_field_name="entry",
            heading=_("Hubs"),
            help_text=_("The hubs on whose pages it is shown."),
        ),
    ]
    search_fields = [*EntryPage.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *EntryPage.override_translatable_fields,
        SynchronizedField("type", overridable=False),
        SynchronizedField("parent_organization", overridable=False),
        SynchronizedField("size", overridable=False),
        SynchronizedField("logo"),
        SynchronizedField("phone", overridable=False),
        SynchronizedField("address", overridable=False),
        SynchronizedField("hub_links", overridable=False),
    ]

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def directory_facts(self) -> EntryFacts:
        facts = super().directory_facts()
        facts.columns["parent_id"] = self.parent_organization_id
        if self.type:
            facts.terms.append((OrganizationType.vocabulary, self.type.translation_key))
        facts.is_complete += [bool(self.body), bool(self.website or self.email), bool(self.logo_id)]
        return facts

    def plain_text(self) -> str:
        return f"{self.summary}\n{plain_text(self.body)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        projects = Entry.objects.of_kind(Kind.PROJECT).of_organization(self.translation_key)
        context |= {
            "projects": related_cards(projects, get_language(), context["labels"]),
            "similar": similar_cards(context["likeness"], get_language(), context["labels"]),
            "website_host": urlsplit(self.website).netloc.removeprefix("www.") if self.website else "",
            "phone_number": "".join(sign for sign in self.phone if sign.isdigit() or sign == "+"),
        }
        return context


class OrganizationHubLink(HubLink):
    """Shows an organization in a hub."""

    page = ParentalKey(OrganizationPage, on_delete=models.CASCADE, related_name="hub_links")
