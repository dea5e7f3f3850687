from rest_framework import serializers

from cms.blocks.api.serializers import PageSerializer
from cms.directory.api.serializers import ReferredEntrySerializer


class StorySerializer(PageSerializer):
    """A story with everything its page says."""

    date = serializers.DateField()
    author = serializers.CharField(allow_blank=True)
    tells_of = ReferredEntrySerializer(many=True, help_text="The organizations and projects that it is about.")
