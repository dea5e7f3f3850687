"""What search answers with. Documentation: views.py makes the rows, a test holds the two together."""

from typing import Any

from rest_framework import serializers

from search.registry import kinds
from search.suggested import SUGGESTED


def _kinds() -> list[tuple[str, Any]]:
    return list(kinds().items())


class SegmentSerializer(serializers.Serializer):
    """A piece of plain text. Pieces put together are the text; those that match are to be marked."""

    text = serializers.CharField()
    is_match = serializers.BooleanField(help_text="Whether it was asked for.")


class SearchResultSerializer(serializers.Serializer):
    """Something that fits."""

    id = serializers.UUIDField(help_text="The same in every language.")
    kind = serializers.ChoiceField(_kinds())
    title = serializers.CharField()
    title_segments = SegmentSerializer(many=True)
    url = serializers.URLField(help_text="The page for readers of the chosen language.")
    language = serializers.CharField(help_text="The language of title and excerpt.")
    excerpt = SegmentSerializer(many=True, help_text="The summary, or the words around the first match.")
    score = serializers.FloatField(help_text="Higher is better; comparable within one answer only.")


class PromotedResultSerializer(serializers.Serializer):
    """What the network's editors put first."""

    id = serializers.UUIDField(allow_null=True, help_text="Null for an address elsewhere.")
    kind = serializers.ChoiceField(_kinds(), allow_null=True)
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    url = serializers.URLField()


class KindCountSerializer(serializers.Serializer):
    """How much of a kind fits."""

    kind = serializers.ChoiceField(_kinds())
    name = serializers.CharField()
    count = serializers.IntegerField()


class SearchAnswerSerializer(serializers.Serializer):
    """One page of what fits, and what is around it."""

    results = SearchResultSerializer(many=True)
    promoted = PromotedResultSerializer(many=True, help_text="Only on the first page.")
    facets = KindCountSerializer(many=True, help_text="Kinds that something fits in, whatever `kind` was asked for.")
    is_capped = serializers.BooleanField(help_text="More fits than is counted and ranked.")
    did_you_mean = serializers.CharField(
        allow_null=True, help_text="Nothing fits the text as it is written: the results are those of this one."
    )
    next = serializers.URLField(allow_null=True, help_text="The address of the next page, null on the last one.")
    previous = serializers.URLField(allow_null=True, help_text="The address of the page before, null on the first one.")


class SuggestionSerializer(serializers.Serializer):
    """What somebody may be about to type."""

    text = serializers.CharField()
    kind = serializers.ChoiceField([*_kinds(), *SUGGESTED.items()])
    kind_name = serializers.CharField(help_text="The kind in the chosen language.")
    id = serializers.UUIDField(allow_null=True, help_text="The id of the thing; null for what is to be searched for.")
    url = serializers.URLField(help_text="The page of the thing, or the search for the text.")


class SuggestAnswerSerializer(serializers.Serializer):
    """Up to eight suggestions, the likeliest first."""

    results = SuggestionSerializer(many=True)
