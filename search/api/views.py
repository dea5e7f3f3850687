"""Search and suggestions for programs."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework import serializers

from cms.core.api.pagination import DEFAULT_PAGE_SIZE, PAGE_PARAMETERS, Position, Slice, SortKey, read_cursor
from cms.core.api.parameters import LANG, BadParameterError, Choice, Parameter, refuse
from cms.core.api.throttling import TypingThrottle
from cms.core.api.views import PagedView, ReadView
from cms.directory.api.parameters import IN_HUB
from cms.directory.api.references import resolve
from search.backends import Hit, Scope
from search.excerpts import Highlighter
from search.queries import LONGEST_QUERY
from search.registry import kinds
from search.selectors import FoundDocument, Outcome, Suggestion, documents, promotions, search, suggestions
from search.suggested import SUGGESTED

from .serializers import SearchAnswerSerializer, SearchResultSerializer, SuggestAnswerSerializer, SuggestionSerializer

# Results change their order with every publication; what a cursor keeps is the last result itself, and where it stood.
RELEVANCE = SortKey("relevance", lambda place: (float(place[0]), float(place[1])), is_descending=True, is_worded=True)


class SearchView(PagedView):
    """Everything that fits a text, the best first.

    Three queries as a rule, eight at most: for a hub, for longer words, for typing errors, for promoted entries.
    """

    tag = "search"
    row_serializer = SearchResultSerializer
    parameters = {
        "q": Parameter(
            'What to look for: words, "phrases" and -words to leave out. Everything else is text. Required.',
            longest=LONGEST_QUERY,
        ),
        "kind": Choice("Only things of this kind.", choices=tuple(kinds())),
        **IN_HUB,
        **PAGE_PARAMETERS,
        "lang": LANG,
    }

    @classmethod
    def answer_serializer(cls) -> type[serializers.Serializer]:
        return SearchAnswerSerializer

    def read(self) -> dict[str, Any]:
        if "q" not in self.values:
            raise refuse("q", _("Say what to look for."))
        hub_ids = resolve(self.parameters, self.values).get("hub", ())
        outcome = search(self.values["q"], Scope(self.language, self.values.get("kind"), hub_ids))
        page = self._page(outcome.hits)
        highlighter = Highlighter(outcome.query)
        results = [self._row(hit, document, highlighter) for hit, document in documents(page.rows)]
        promoted = [] if "cursor" in self.values else promotions(outcome.query, self.language)
        return self.envelope(page, results, RELEVANCE) | {
            "promoted": [row | {"url": self.absolute(row["url"])} for row in promoted],
            "facets": facets(outcome),
            "is_capped": outcome.is_capped,
            "did_you_mean": outcome.meant,
        }

    def _page(self, hits: Any) -> Slice:
        """Return the page of hits that the client asks for."""
        size = self.values.get("page_size", DEFAULT_PAGE_SIZE)
        start = 0
        position = None
        if "cursor" in self.values:
            try:
                position = read_cursor(self.values["cursor"], self._fingerprint(RELEVANCE), RELEVANCE)
            except BadParameterError as error:
                raise refuse("cursor", str(error)) from error
            at = _index(hits, position)
            start = at if position.is_forward else max(0, at - size)
            hits = hits if position.is_forward else hits[:at]
        shown = hits[start : start + size]
        has_more = len(hits) > start + size or (position is not None and not position.is_forward)
        onward = _position(shown[-1], is_forward=True) if shown and has_more else None
        back = _position(shown[0], is_forward=False) if shown and start else None
        return Slice(list(shown), onward, back)

    def _row(self, hit: Hit, document: FoundDocument, highlighter: Highlighter) -> dict[str, Any]:
        return {
            "id": document.object_id,
            "kind": document.kind,
            "title": document.title,
            "title_segments": highlighter.segments(document.title, document.configuration),
            "url": self.absolute(document.paths.get(self.language, "")),
            "language": document.language,
            "excerpt": highlighter.excerpt(document.summary, document.body, document.configuration),
            "score": round(hit.score, 6),
        }


def facets(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the kinds of what fits, in the order of their registration, with their numbers."""
    return [
        {"kind": kind, "name": str(name), "count": outcome.counts[kind]}
        for kind, name in kinds().items()
        if kind in outcome.counts
    ]


def _position(hit: Hit, *, is_forward: bool) -> Position:
    return Position([hit.score, hit.weight], str(hit.id), is_forward)


def _index(hits: Any, position: Position) -> int:
    """Return where the page begins or, going back, where it ends: beside the hit, or where it would stand now."""
    for at, hit in enumerate(hits):
        if str(hit.id) == position.id:
            return at + position.is_forward
    return sum((hit.score, hit.weight) > position.value for hit in hits)


class SuggestView(ReadView):
    """What somebody who is typing may mean: titles, sectors, skills, places. Four queries at most."""

    tag = "suggest"
    is_list = True
    row_serializer = SuggestionSerializer
    throttle_classes = [TypingThrottle]
    parameters = {
        "q": Parameter("The beginning of a text, from two letters on. Required.", longest=LONGEST_QUERY),
        "lang": LANG,
    }

    @classmethod
    def answer_serializer(cls) -> type[serializers.Serializer]:
        return SuggestAnswerSerializer

    def read(self) -> dict[str, Any]:
        if "q" not in self.values:
            raise refuse("q", _("Say what to look for."))
        return {"results": [self._row(one) for one in suggestions(self.values["q"], self.language)]}

    def _row(self, suggestion: Suggestion) -> dict[str, Any]:
        path = suggestion.path or search_path(suggestion.text, self.language)
        return {
            "text": suggestion.text,
            "kind": suggestion.kind,
            "kind_name": str(kinds().get(suggestion.kind) or SUGGESTED[suggestion.kind]),
            "id": suggestion.id,
            "url": self.absolute(path),
        }


def search_path(text: str, language: str) -> str:
    """Return the address of the results page for a text in a language."""
    with override(language):
        return f"{reverse('search')}?{urlencode({'q': text})}"
