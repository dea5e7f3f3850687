from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks.streams import BANDS, LandingBlock
from cms.blocks.text import plain_text
from cms.core.contrast import HEX_COLOUR
from cms.core.fields import StreamField
from cms.directory.cards import hub_cards
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.directory.pages import EntryFacts, EntryIndexPage, EntryPage, FallbackRouteMixin
from cms.directory.selectors import related_cards
from cms.media.models import Image
from cms.taxonomy.enums import Hue
from cms.taxonomy.models import Sector

from .enums import HeadlineFace, HubKind
from .themes import weak_pairs

PORTRAIT, LOGO = "fill-192x192|format-webp", "max-320x112|format-webp"
HUES = Hue.values
COLOUR_HELP = _("Written as #rrggbb. Must stand out from the paper well enough to be read.")
is_hex_colour = RegexValidator(HEX_COLOUR, _("Write the colour as #rrggbb."))


def _colour(label: Any, default: str, help_text: Any = COLOUR_HELP) -> models.CharField:
    return models.CharField(label, max_length=7, default=default, validators=[is_hex_colour], help_text=help_text)


class HubIndexPage(EntryIndexPage):
    """Lists every hub."""

    entry_kind = Kind.HUB
    parent_page_types = ["home.HomePage"]
    subpage_types = ["hubs.HubPage"]
    template = "hubs/index.html"
    page_size = 48
    types = dict(HubKind.choices)

    class Meta:
        verbose_name = _("hub list")

    make_cards = staticmethod(hub_cards)


class HubPage(FallbackRouteMixin, EntryPage):
    """The front page of a city, a region, a sector or a community. A hub below another one is its sub-hub."""

    entry_kind = Kind.HUB
    parent_page_types = ["hubs.HubIndexPage", "hubs.HubPage"]
    subpage_types = ["hubs.HubPage", "pages.ContentPage", "pages.ContactPage"]
    template = "hubs/hub.html"

    kind = models.CharField(_("kind"), max_length=20, choices=HubKind.choices, default=HubKind.LOCATION)
    welcome = models.TextField(_("welcome"), max_length=400, blank=True, help_text=_("The first words visitors read."))
    logo = models.ForeignKey(
        Image, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(
        LandingBlock(),
        verbose_name=_("front page"),
        blank=True,
        help_text=_("Compose the page from blocks. Bands of newest entries show what belongs to this hub."),
    )
    own_sectors = ParentalManyToManyField(
        Sector,
        verbose_name=_("sectors of its own"),
        blank=True,
        related_name="+",
        help_text=_("Sectors that only this hub uses; elsewhere their general counterparts are shown."),
    )
    accent_day = _colour(_("accent by day"), "#17704a")
    accent_night = _colour(_("accent by night"), "#7dcc9c")
    paper_day = _colour(_("paper by day"), "#f7f2e8", _("The ground of the page; light, written as #rrggbb."))
    paper_night = _colour(_("paper by night"), "#0e1d20", _("The ground of the page; dark, written as #rrggbb."))
    headline = models.CharField(_("headlines"), max_length=20, choices=HeadlineFace.choices, default=HeadlineFace.SERIF)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("welcome"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("logo")], heading=_("Pictures")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("place"), FieldPanel("sectors"), FieldPanel("own_sectors")],
            heading=_("What holds it together"),
            help_text=_("The outline of the place is the territory of the hub."),
        ),
        InlinePanel(
            "ambassadors", heading=_("Ambassadors"), label=_("ambassador"), help_text=_("Who answers questions.")
        ),
        InlinePanel("supporters", heading=_("Supporters"), label=_("supporter"), help_text=_("Who makes it possible.")),
        InlinePanel(
            "statistics", heading=_("Figures"), label=_("figure"), help_text=_("Three or four that matter here.")
        ),
        MultipleChooserPanel(
            "linked_hubs",
            chooser_field_name="entry",
            heading=_("Linked hubs"),
            help_text=_("Neighbours worth a visit."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("accent_day"), FieldPanel("paper_day")]),
                FieldRowPanel([FieldPanel("accent_night"), FieldPanel("paper_night")]),
                FieldPanel("headline"),
            ],
            heading=_("Theme"),
            help_text=_("Colours are checked: all text must be readable, by day and by night."),
        ),
    ]
    search_fields = [*EntryPage.search_fields, index.SearchField("body"), index.SearchField("welcome")]
    override_translatable_fields = [
        *EntryPage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "kind", "own_sectors", "accent_day", "accent_night", "paper_day", "paper_night", "headline",
                "linked_hubs", "logo",
            )
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")

    def clean(self) -> None:
        """Refuse colours on which text could not be read."""
        super().clean()
        errors: dict[str, Any] = {}
        for time, is_night in (("day", False), ("night", True)):
            accent, paper = getattr(self, f"accent_{time}"), getattr(self, f"paper_{time}")
            if not (HEX_COLOUR.fullmatch(accent or "") and HEX_COLOUR.fullmatch(paper or "")):
                continue
            for pair, ratio in weak_pairs(accent, paper, is_night=is_night):
                field = f"accent_{time}" if pair.startswith("accent") else f"paper_{time}"
                errors[field] = _("Text would be hard to read: the contrast is %(ratio)s to 1, 4.5 is needed.") % {
                    "ratio": ratio
                }
        if errors:
            raise ValidationError(errors)

    def directory_facts(self) -> EntryFacts:
        facts = super().directory_facts()
        parent = self.get_parent()
        is_sub_hub = parent is not None and issubclass(parent.specific_class or Page, HubPage)
        facts.columns |= {"parent_id": parent.translation_key if is_sub_hub else None, "hub_kind": self.kind}
        facts.is_complete += [bool(self.body), bool(self.welcome)]
        return facts

    def plain_text(self) -> str:
        return f"{self.summary}\n{self.welcome}\n{plain_text(self.body)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language, labels = get_language(), context["labels"]
        hubs = (
            Entry.objects.published()
            .of_kind(Kind.HUB)
            .annotate(link=self._place_among_links(is_draft=bool(getattr(request, "is_preview", False))))
            .filter(models.Q(link__isnull=False) | models.Q(parent_id=self.translation_key))
        )
        near = hub_cards(hubs.order_by("-rank", "pk"), language, labels=labels, more=("link",))
        linked = [card for card in near if card["link"] is not None]
        projects = Entry.objects.of_kind(Kind.PROJECT).in_hub(self.translation_key)
        # Bands among the editor's blocks say it better than the one that stands in for them.
        has_bands = any(block["type"] in BANDS for block in self.body.raw_data)
        context |= {
            "linked_hubs": sorted(linked, key=lambda card: card["link"]),
            "sub_hubs": [card for card in near if card["link"] is None],
            "projects": [] if has_bands else related_cards(projects, language, labels),
            "statistics": self.statistics.all(),
            "ambassadors": [person.as_portrait() for person in self.ambassadors.select_related("image")],
            "supporters": [supporter.as_logo() for supporter in self.supporters.select_related("logo")],
            "theme_url": reverse("hub-theme", args=[self.translation_key]) + f"?v={self.theme_version}",
            "theme_key": str(self.translation_key),
        }
        return context

    def _place_among_links(self, *, is_draft: bool) -> Any:
        """Return, for a queryset of hubs, the place of each in what this hub recommends; null for all others."""
        if is_draft:
            links = enumerate(link.entry_id for link in self.linked_hubs.all())
            places = [models.When(pk=key, then=models.Value(place)) for place, key in links]
            return models.Case(*places, default=None, output_field=models.BigIntegerField())
        stored = LinkedHub.objects.filter(page=self.pk, entry=models.OuterRef("pk")).order_by()
        return models.Subquery(
            stored.annotate(place=Coalesce("sort_order", "pk", output_field=models.BigIntegerField())).values("place")[
                :1
            ]
        )

    @property
    def theme_version(self) -> str:
        """Changes with every colour, so that the stylesheet can be kept for ever."""
        colours = (self.accent_day, self.accent_night, self.paper_day, self.paper_night)
        return "".join(colour[1:] for colour in colours) + self.headline


class Ambassador(TranslatableMixin, Orderable):
    """A person who speaks for a hub."""

    page = ParentalKey(HubPage, on_delete=models.CASCADE, related_name="ambassadors")
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=120, blank=True)
    message = models.TextField(_("message"), max_length=400, blank=True)
    image = models.ForeignKey(
        Image, verbose_name=_("portrait"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("message"), FieldPanel("image")]
    override_translatable_fields = [SynchronizedField("name", overridable=False), SynchronizedField("image")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def as_portrait(self) -> dict[str, Any]:
        """Return what the people component shows; asks for the rendition of the portrait."""
        return {
            "name": self.name,
            "role": self.role,
            "quote": self.message,
            "initials": "".join(word[0] for word in self.name.split()[:1] + self.name.split()[1:][-1:]).upper(),
            "hue": HUES[sum(map(ord, self.name)) % len(HUES)],
            "image": get_rendition_or_not_found(self.image, PORTRAIT) if self.image else None,
        }


class Supporter(Orderable):
    """An institution that makes a hub possible: an organization of the network, or a name with a logo."""

    page = ParentalKey(HubPage, on_delete=models.CASCADE, related_name="supporters")
    name = models.CharField(_("name"), max_length=100)
    logo = models.ForeignKey(
        Image, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    url = models.URLField(_("address"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("logo"), FieldPanel("url")]

    def as_logo(self) -> dict[str, Any]:
        """Return what the logo wall shows; asks for the rendition of the logo."""
        image = get_rendition_or_not_found(self.logo, LOGO) if self.logo else None
        return {"name": self.name, "url": self.url, "image": image}


class HubFigure(TranslatableMixin, Orderable):
    """A number that tells something about a hub."""

    page = ParentalKey(HubPage, on_delete=models.CASCADE, related_name="statistics")
    value = models.CharField(_("number"), max_length=20)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    label = models.CharField(_("what it counts"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("value"), FieldPanel("unit")]), FieldPanel("label")]
    override_translatable_fields = [
        SynchronizedField("value", overridable=False),
        TranslatableField("unit"),
        TranslatableField("label"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass


class LinkedHub(Orderable):
    """A hub that another hub recommends."""

    page = ParentalKey(HubPage, on_delete=models.CASCADE, related_name="linked_hubs")
    entry = models.ForeignKey(
        Entry, verbose_name=_("hub"), on_delete=models.CASCADE, related_name="+", limit_choices_to={"kind": Kind.HUB}
    )

    panels = [FieldPanel("entry")]
