"""How many queries pages take that nobody has drawn before: with the page cache off, the frame and site known."""

import re
from collections.abc import Iterator

from django.db import connections, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from cms.directory.enums import Kind, State
from cms.directory.models import Entry, EntryText

from .client import UnexpectedAnswerError
from .databases import DEMO, ready, use
from .table import Figure

LISTING = "/en/projects/"
LANGUAGE = "en"
CARDS = 24
OK = 200
CARD = b'class="entry '
TEMPLATE = re.compile(rb"<template.*?</template>", re.DOTALL)


def measure() -> Iterator[Figure]:
    name = ready(DEMO)
    many, one = queries_of(name, LISTING, cards=CARDS), _with_one_card(name)
    yield Figure(f"Listing: queries with {CARDS} cards", many, 12, "queries")
    yield Figure("Listing: more queries than with one card", abs(many - one), 0, "queries", source=f"{many} and {one}")
    for kind, bar in ((Kind.PROJECT, 12), (Kind.HUB, 15)):
        with use(name):
            paths = list(_paths(kind))
        numbers = {path: queries_of(name, path) for path in paths}
        worst = max(numbers, key=lambda path: numbers[path])
        source = f"the most of {len(paths)}, {worst}"
        yield Figure(f"{Kind(kind).label} page: queries".capitalize(), numbers[worst], bar, "queries", source=source)


def cards_in(page: bytes) -> int:
    """Return how many cards a page shows; what scripts may make of a template later does not count."""
    return TEMPLATE.sub(b"", page).count(CARD)


def queries_of(name: str, path: str, *, cards: int = 0) -> int:
    """Return how many queries the second request for an address takes.

    Raises UnexpectedAnswerError for any answer but 200, and for another number of cards where one is given.
    """
    client = Client(headers={"host": "127.0.0.1"})
    with use(name), override_settings(PAGE_CACHE_ENABLED=False):
        client.get(path)
        with CaptureQueriesContext(connections["default"]) as captured:
            answer = client.get(path)
    shown = cards_in(answer.content)
    if answer.status_code != OK or (cards and shown != cards):
        message = f"{path} answered {answer.status_code} with {shown} cards."
        raise UnexpectedAnswerError(message)
    return len(captured)


def _with_one_card(name: str) -> int:
    """Return the queries of the listing where all projects but one are drafts, for as long as it is asked."""
    with use(name), transaction.atomic():
        listed = Entry.objects.published().of_kind(Kind.PROJECT)
        Entry.objects.filter(kind=Kind.PROJECT).exclude(pk=listed.order_by("pk").values("pk")[:1]).update(
            state=State.DRAFT
        )
        number = queries_of(name, LISTING, cards=1)
        transaction.set_rollback(True)
    return number


def _paths(kind: str) -> Iterator[str]:
    texts = EntryText.objects.live().filter(entry__kind=kind, entry__state=State.PUBLISHED, language=LANGUAGE)
    yield from texts.order_by("path").values_list("path", flat=True)
