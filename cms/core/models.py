from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StreamBlock, StructBlock, URLBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from .fields import StreamField
from .themes import DEFAULT_THEME, THEME_CHOICES


class LinkBlock(StructBlock):
    """A page of the site, by its title in the reader's language or another label; or an address elsewhere."""

    page = PageChooserBlock(label=_("page"), required=False, help_text=_("A page of this site."))
    address = URLBlock(label=_("address"), required=False, help_text=_("Only when the link leads elsewhere."))
    label = CharBlock(
        label=_("label"), required=False, max_length=40, help_text=_("Leave empty to use the title of the page.")
    )

    class Meta:
        label = _("link")
        icon = "link"


class MenuItemBlock(LinkBlock):
    """An entry of the navigation, with entries below it."""

    children = ListBlock(LinkBlock(), label=_("below it"), default=[])

    class Meta:
        label = _("menu item")
        icon = "list-ul"


class FooterColumnBlock(StructBlock):
    """A column of links in the footer."""

    title = CharBlock(label=_("title"), max_length=40)
    links = ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        label = _("column")
        icon = "list-ul"


class SocialLinkBlock(StructBlock):
    """An account of the network elsewhere."""

    name = CharBlock(label=_("name"), max_length=40)
    url = URLBlock(label=_("address"))

    class Meta:
        label = _("account")
        icon = "group"


class SiteMenu(TranslatableMixin):
    """Navigation and footer in one language; its translations are kept like those of pages."""

    name = models.CharField(_("name"), max_length=60, default="Menu", help_text=_("Only for editors."))
    navigation = StreamField(
        StreamBlock([("item", MenuItemBlock())], max_num=8),
        verbose_name=_("navigation"),
        blank=True,
        help_text=_("Six entries are plenty: phones show them one below the other."),
    )
    footer = StreamField(
        StreamBlock([("column", FooterColumnBlock())], max_num=4), verbose_name=_("footer"), blank=True
    )
    footer_text = models.TextField(
        _("footer text"),
        max_length=400,
        blank=True,
        help_text=_("Who stands behind the network, in a sentence or two."),
    )

    panels = [FieldPanel("name"), FieldPanel("navigation"), FieldPanel("footer"), FieldPanel("footer_text")]
    override_translatable_fields = [SynchronizedField("name", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu and footer")
        verbose_name_plural = _("menu and footer")

    def __str__(self) -> str:
        return self.name


@register_setting(icon="site", order=10)
class NetworkSettings(BaseSiteSetting):
    """What the network is called and looks like: the same in every language."""

    name = models.CharField(
        _("name of the network"),
        max_length=60,
        default="Groundswell",
        help_text=_("Stands at the top of every page and in mails."),
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands in place of the name. At least 80 pixels high."),
    )
    default_theme = models.CharField(
        _("theme"),
        max_length=20,
        choices=THEME_CHOICES,
        default=DEFAULT_THEME,
        help_text=_("The colours of every page outside the hubs; hubs have their own."),
    )
    social_links = StreamField(
        StreamBlock([("account", SocialLinkBlock())], max_num=8), verbose_name=_("accounts elsewhere"), blank=True
    )

    panels = [FieldPanel("name"), FieldPanel("logo"), FieldPanel("default_theme"), FieldPanel("social_links")]

    class Meta:
        verbose_name = _("network")

    def __str__(self) -> str:
        return self.name


class SiteChange(models.Model):
    """A note that public pages may look different from here on; `cms.core.page_cache` counts them."""

    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.created_at)


class HeldPage(models.Model):
    """The address of a page that a CDN or nginx may hold."""

    url = models.URLField(max_length=1000, unique=True)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url
