from rest_framework import serializers

from cms.directory.api.serializers import EntryRowSerializer


class BlockSerializer(serializers.Serializer):
    """One block of a page: text, picture, quote, fact, timeline and so on."""

    type = serializers.CharField()
    value = serializers.JSONField(
        help_text="HTML for `text`, an object for most others. Pictures, pages and entries stand as they do elsewhere.",
    )


class PageSerializer(EntryRowSerializer):
    """An entry with the text of its page."""

    body = BlockSerializer(many=True)
