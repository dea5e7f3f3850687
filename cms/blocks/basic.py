"""Blocks that stand for themselves: text, pictures, quotes, figures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .images import DescribedImageBlock

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
PLAIN_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "blocks/text.html"
        description = _("Paragraphs, headings and lists.")
        preview_value = "<p>Eighty flats share one shallow lake of heat under their own courtyard.</p>"


class PictureBlock(blocks.StructBlock):
    """A picture with its words. The focal point is set on the picture itself and kept in every crop."""

    image = DescribedImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "blocks/picture.html"
        description = _("One picture across the column, with caption and credit.")


class GalleryBlock(blocks.StructBlock):
    """Several pictures as one plate."""

    pictures = blocks.ListBlock(PictureBlock(), min_num=2, max_num=12, label=_("pictures"))

    class Meta:
        label = _("Gallery")
        icon = "grip"
        template = "blocks/gallery.html"
        description = _("Two to twelve pictures side by side.")


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("quote"), max_length=400, help_text=_("Without quotation marks."))
    person = blocks.CharBlock(label=_("who said it"), max_length=100, required=False)
    role = blocks.CharBlock(label=_("what they do"), max_length=120, required=False)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "blocks/quote.html"
        description = _("A sentence worth hanging into the margin.")
        preview_value = {
            "text": "We stopped asking who would pay for it and started asking who had a shovel.",
            "person": "Hatice Brandt",
            "role": "chaired forty-one meetings",
        }


class FactBlock(blocks.StructBlock):
    """A number that says something."""

    value = blocks.CharBlock(label=_("number"), max_length=20)
    unit = blocks.CharBlock(label=_("unit"), max_length=20, required=False)
    label = blocks.CharBlock(label=_("what it counts"), max_length=120)

    class Meta:
        label = _("Fact")
        icon = "order"
        template = "blocks/fact.html"
        description = _("One large number with its meaning.")
        preview_value = {"value": "83", "unit": "%", "label": "of heat from below the courtyard"}


class TimelineStepBlock(blocks.StructBlock):
    """One station of a timeline."""

    when = blocks.CharBlock(label=_("when"), max_length=40)
    title = blocks.CharBlock(label=_("title"), max_length=100)
    text = blocks.TextBlock(label=_("text"), max_length=500, required=False)

    class Meta:
        label = _("step")
        icon = "date"


class TimelineBlock(blocks.StructBlock):
    """Stations in time."""

    steps = blocks.ListBlock(TimelineStepBlock(), min_num=2, max_num=20, label=_("steps"))

    class Meta:
        label = _("Timeline")
        icon = "history"
        template = "blocks/timeline.html"
        description = _("What happened, or will happen, one after the other.")
        preview_value = {
            "steps": [
                {"when": "March 2024", "title": "First meeting", "text": "Eleven neighbours, one thermos."},
                {"when": "May 2025", "title": "Drilling", "text": "Sixty-four boreholes in nine days."},
            ]
        }


class AccordionItemBlock(blocks.StructBlock):
    """A question with its answer."""

    title = blocks.CharBlock(label=_("title"), max_length=140)
    text = blocks.RichTextBlock(label=_("text"), features=PLAIN_FEATURES)

    class Meta:
        label = _("item")
        icon = "help"


class AccordionBlock(blocks.StructBlock):
    """Questions that open."""

    items = blocks.ListBlock(AccordionItemBlock(), min_num=1, max_num=40, label=_("items"))

    class Meta:
        label = _("Questions and answers")
        icon = "list-ul"
        template = "blocks/accordion.html"
        description = _("Titles that open to show their text.")
        preview_value = {"items": [{"title": "Who may join?", "text": "<p>Everybody who lives on the street.</p>"}]}


class CallBlock(blocks.StructBlock):
    """Asks the reader to do something."""

    title = blocks.CharBlock(label=_("title"), max_length=100)
    text = blocks.TextBlock(label=_("text"), max_length=300, required=False)
    label = blocks.CharBlock(label=_("words on the button"), max_length=40)
    page = blocks.PageChooserBlock(label=_("leads to this page"), required=False)
    address = blocks.URLBlock(label=_("or to this address"), required=False)

    class Meta:
        label = _("Call to action")
        icon = "pick"
        template = "blocks/call.html"
        description = _("A sentence and one button.")
        preview_value = {"title": "Lend a hand on Saturday", "text": "Bring gloves.", "label": "I am in"}


class LogoBlock(blocks.StructBlock):
    """One supporter."""

    name = blocks.CharBlock(label=_("name"), max_length=100)
    logo = DescribedImageBlock(label=_("logo"), required=False)
    url = blocks.URLBlock(label=_("address"), required=False)

    class Meta:
        label = _("logo")
        icon = "image"


class LogoWallBlock(blocks.StructBlock):
    """Those who stand behind it."""

    title = blocks.CharBlock(label=_("title"), max_length=100, required=False)
    logos = blocks.ListBlock(LogoBlock(), min_num=1, max_num=40, label=_("logos"))

    class Meta:
        label = _("Logo wall")
        icon = "group"
        template = "blocks/logo_wall.html"
        description = _("Supporters and partners, by logo or name.")
        preview_value = {"title": "Supported by", "logos": [{"name": "Lindenhof housing"}, {"name": "Stadtwerke"}]}
