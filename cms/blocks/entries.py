"""Blocks that show entries, and live features."""

import uuid
from typing import Any

from django.db.models import Case, IntegerField, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.live_blocks import live_block, live_block_choices
from cms.directory.cards import Band, cards_of_bands
from cms.directory.choosers import entry_chooser_viewset
from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.places.choosers import place_chooser_viewset
from cms.taxonomy.selectors import Terms, shown_terms

from .images import is_read_to_show

_EntryChooserBlock: Any = entry_chooser_viewset.get_block_class(
    name="EntryChooserBlock", module_path="cms.blocks.entries"
)
_PlaceChooserBlock: Any = place_chooser_viewset.get_block_class(
    name="PlaceChooserBlock", module_path="cms.blocks.entries"
)


class _UUIDChooserMixin:
    """Pages store a chosen id as text, and Wagtail would look for that text among ids that are UUIDs."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        return super().bulk_to_python([_uuid(value) for value in values])


class EntryChooserBlock(_UUIDChooserMixin, _EntryChooserBlock):
    """An entry. On a page all that a band needs is its id, since the cards bring the rest."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        if not is_read_to_show():
            return super().bulk_to_python(values)
        return [Entry(pk=key) if (key := _uuid(value)) else None for value in values]


class PlaceChooserBlock(_UUIDChooserMixin, _PlaceChooserBlock):
    """A place."""


def _uuid(value: Any) -> Any:
    try:
        return uuid.UUID(str(value)) if value else None
    except ValueError:
        return None


def _position(keys: list[Any]) -> Case:
    return Case(*(When(pk=key, then=position) for position, key in enumerate(keys)), output_field=IntegerField())


KIND_CHOICES = [(kind.value, kind.label) for kind in Kind if kind != Kind.EVENT]


class _CardsBlock(blocks.StructBlock):
    """A band of cards; subclasses say which."""

    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.CharBlock(label=_("introduction"), max_length=200, required=False)

    class Meta:
        template = "blocks/cards.html"

    def band(self, value: Any, hub: Any) -> Band:
        """Return what is shown, in which order, and how many; `hub` is the id of the hub whose page it is."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["entries"] = _shown_in(self, value, parent_context or {})
        return context


def _shown_in(block: _CardsBlock, value: Any, context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cards of one band. The first band of a page reads those of all, so that more of them cost nothing."""
    page, request = context.get("page"), context.get("request")
    kept = getattr(request, "cards_of_bands", {})
    if id(value) not in kept:
        hub = page.translation_key if getattr(page, "entry_kind", None) == Kind.HUB and hasattr(page, "kind") else None
        bands = {id(one): kind.band(one, hub) for kind, one in [*_bands_of(page), (block, value)]}
        found = cards_of_bands(list(bands.values()), get_language(), labels=_labels(context))
        kept = dict(zip(bands, found, strict=True))
        if request is not None:
            # The page keeps the values that the numbers stand for as long as the request lives.
            request.cards_of_bands = kept
    return kept[id(value)]


def _bands_of(page: Any) -> list[tuple[_CardsBlock, Any]]:
    body = getattr(page, "body", ())
    return [(bound.block, bound.value) for bound in body if isinstance(bound.block, _CardsBlock)]


def _labels(context: dict[str, Any]) -> Terms:
    """Return the words of all terms: those of the page, or else read once for all bands of a request."""
    if "labels" in context:
        return context["labels"]
    request = context.get("request")
    labels = getattr(request, "term_labels", None) or shown_terms(get_language())
    if request is not None:
        request.term_labels = labels
    return labels


class ChosenCardsBlock(_CardsBlock):
    """Entries that an editor picked, in that order."""

    chosen = blocks.ListBlock(EntryChooserBlock(), min_num=1, max_num=12, label=_("entries"))

    class Meta:
        label = _("Chosen entries")
        icon = "tick"
        description = _("Cards of the hubs, organizations, projects or stories that you pick.")

    def band(self, value: Any, hub: Any) -> Band:
        picked = [entry.pk for entry in value["chosen"] if entry]
        found = Entry.objects.published().filter(pk__in=picked)
        return Band(found, (_position(picked),) if picked else (), len(picked))


class NewestCardsBlock(_CardsBlock):
    """The newest or liveliest entries of a kind; on a hub's page, of that hub."""

    kind = blocks.ChoiceBlock(choices=KIND_CHOICES, label=_("kind"), default=Kind.PROJECT)
    order = blocks.ChoiceBlock(
        choices=[("newest", _("Newest first")), ("lively", _("Most lively first"))], default="lively", label=_("order")
    )
    number = blocks.IntegerBlock(min_value=1, max_value=24, default=6, label=_("how many"))

    class Meta:
        label = _("Newest entries")
        icon = "date"
        description = _("Fills itself. On a hub's page it shows what belongs to the hub.")
        preview_value = {"title": "New in the network", "text": "", "kind": "project", "order": "newest", "number": 3}

    def band(self, value: Any, hub: Any) -> Band:
        found = Entry.objects.published().of_kind(value["kind"])
        if hub:
            found = found.in_hub(hub)
        order = "-published_at" if value["order"] == "newest" else "-rank"
        return Band(found, (order, "pk"), value["number"])


class NearestCardsBlock(_CardsBlock):
    """Entries around a place, nearest first."""

    kind = blocks.ChoiceBlock(choices=KIND_CHOICES, label=_("kind"), default=Kind.PROJECT)
    place = PlaceChooserBlock(label=_("around this place"))
    number = blocks.IntegerBlock(min_value=1, max_value=24, default=6, label=_("how many"))

    class Meta:
        label = _("Nearest entries")
        icon = "site"
        description = _("Cards of what is closest to a place, nearest first.")

    def band(self, value: Any, hub: Any) -> Band:
        place = value["place"]
        if place is None:
            return Band(Entry.objects.none(), (), 0)
        found = Entry.objects.published().of_kind(value["kind"])
        found = found.order_by_distance(place.latitude, place.longitude)
        return Band(found, tuple(found.query.order_by), value["number"])


class FeatureChoiceBlock(blocks.ChoiceBlock):
    """Which feature; its name is no word of the page, and gone with the app, so search does not keep it."""

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class LiveFeatureBlock(blocks.StructBlock):
    """A live feature of the platform: the choices come from the apps that are installed."""

    # Not required: when the app behind it goes, its choice goes too, and the page must still be editable.
    feature = FeatureChoiceBlock(choices=live_block_choices, label=_("feature"), required=False)
    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)

    class Meta:
        label = _("Live feature")
        icon = "bolt"
        template = "blocks/live_feature.html"
        description = _("Something people can take part in, right on this page.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        feature = live_block(value["feature"])
        context["html"] = feature.render({**context, "value": value}) if feature else ""
        return context
