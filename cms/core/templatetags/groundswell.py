"""The tags and filters of the design system: {% load groundswell %}."""

import re
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.core.art import NO_SECTOR, art_slug
from cms.core.page_parts import Area, parts_in
from cms.core.sections import sections_for

register = template.Library()

# These point somewhere, so they turn round in scripts that run from right to left.
DIRECTIONAL_ICONS = {"arrow", "back", "reply"}

LONG_WORD = re.compile(r"\w{15,}")
# Where compounds are joined beyond doubt: a linking s behind one of these endings, and a whole word to follow.
WORD_JOINT = re.compile(r"(schafts|heits|keits|ungs|ions|täts)(?=\w{4})")
SOFT_HYPHEN = "\u00ad"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one symbol of icons.svg. It says nothing to a screen reader: put a word beside it."""
    classes = "icon is-directional" if name in DIRECTIONAL_ICONS else "icon"
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("groundswell/img/icons.svg"),
        name,
    )


@register.simple_tag
def art(title: str, sector: str | None = None) -> SafeString:
    """Draw the placeholder art of a title in the colours of a sector hue (or of the hub, without one)."""
    address = reverse("art", args=[sector or NO_SECTOR, art_slug(title)])
    return format_html(
        '<svg class="art"{} viewBox="0 0 600 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        '<use href="{}#art"/></svg>',
        format_html(' data-sector="{}"', sector) if sector else "",
        address,
    )


@register.simple_tag(takes_context=True)
def sections(context: Context, page: Any) -> SafeString:
    """Render what the feature apps registered for this kind of page, in their order."""
    request = context["request"]
    rendered = (section.component(request, page) for section in sections_for(page.entry_kind))
    return mark_safe("".join(rendered))  # noqa: S308 - components escape their own content


@register.simple_tag(takes_context=True)
def page_parts(context: Context, area: str) -> SafeString:
    """Render what apps registered for an area of every page, in their order."""
    names = context.flatten()
    rendered = (part.component(names) for part in parts_in(Area(area)))
    return mark_safe("".join(rendered))  # noqa: S308 - components escape their own content


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render the widget of a form field with the look of an input, beside the classes that it has of its own."""
    classes = f"{field.field.widget.attrs.get('class', '')} input".strip()
    return field.as_widget(attrs={"class": classes})


@register.filter
def soften(text: str) -> str:
    """Put soft hyphens into very long words of a title, for browsers that bring no dictionary of the language."""
    return LONG_WORD.sub(lambda word: WORD_JOINT.sub(rf"\1{SOFT_HYPHEN}", word[0]), str(text))
