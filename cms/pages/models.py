from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField
from wagtail.models import Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks.streams import LandingBlock
from cms.core.fields import StreamField
from cms.core.pages import BasePage


class ContentPage(BasePage):
    """A page that stands for itself: about, questions and answers, imprint, privacy."""

    parent_page_types = ["home.HomePage", "pages.ContentPage", "hubs.HubPage"]
    subpage_types = ["pages.ContentPage", "pages.ContactPage"]
    template = "pages/content.html"

    summary = models.TextField(_("summary"), max_length=240, blank=True, help_text=_("Stands above the text."))
    body = StreamField(LandingBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class ContactPage(AbstractEmailForm, BasePage):
    """A form that mails what visitors write, and keeps it. Throttled, and closed to robots that fill every field."""

    parent_page_types = ["home.HomePage", "hubs.HubPage", "pages.ContentPage"]
    subpage_types: list[str] = []
    template = "pages/contact.html"
    landing_page_template = "pages/contact_sent.html"

    summary = models.TextField(_("summary"), max_length=240, blank=True, help_text=_("Stands above the form."))
    thanks = models.TextField(
        _("thanks"), max_length=400, help_text=_("What people read when their message has been sent.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        InlinePanel("form_fields", heading=_("Form"), label=_("field"), help_text=_("What visitors are asked.")),
        FieldPanel("thanks"),
        MultiFieldPanel(
            [FieldPanel("to_address"), FieldPanel("from_address"), FieldPanel("subject")],
            heading=_("Mail"),
            help_text=_("Where messages go. They are kept here as well."),
        ),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("to_address"),
        SynchronizedField("from_address"),
    ]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["submit_url"] = reverse("submit-contact", args=[self.translation_key, self.locale.language_code])
        context.setdefault("form", self.get_form(page=self, user=None))
        return context


class ContactField(TranslatableMixin, AbstractFormField):
    """One question of a contact form; asked in every language, answered under one name."""

    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="form_fields")

    override_translatable_fields = [
        TranslatableField("label"),
        TranslatableField("help_text"),
        TranslatableField("choices"),
        TranslatableField("default_value"),
        SynchronizedField("clean_name", overridable=False),
        SynchronizedField("field_type", overridable=False),
        SynchronizedField("required", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, AbstractFormField.Meta):
        pass
