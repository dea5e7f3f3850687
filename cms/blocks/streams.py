"""The two sets of blocks: what a text may hold, and what a landing page may hold."""

from wagtail import blocks

from .basic import (
    AccordionBlock,
    CallBlock,
    FactBlock,
    GalleryBlock,
    LogoWallBlock,
    PictureBlock,
    QuoteBlock,
    TextBlock,
    TimelineBlock,
)
from .entries import ChosenCardsBlock, LiveFeatureBlock, NearestCardsBlock, NewestCardsBlock
from .video import VideoBlock


class BodyBlock(blocks.StreamBlock):
    """The body of a community page. Keys are short, stable words: they are stored and stand in the API."""

    text = TextBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    fact = FactBlock()
    timeline = TimelineBlock()
    accordion = AccordionBlock()
    call = CallBlock()
    video = VideoBlock()
    logos = LogoWallBlock()
    live = LiveFeatureBlock()


# These span the page and bring their own heading; everything else stands in the reading column.
BANDS = {"chosen", "newest", "nearest"}


class LandingBlock(BodyBlock):
    """A landing page: everything a body may hold, and bands of cards."""

    chosen = ChosenCardsBlock()
    newest = NewestCardsBlock()
    nearest = NearestCardsBlock()
