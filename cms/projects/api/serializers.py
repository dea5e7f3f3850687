from rest_framework import serializers

from cms.blocks.api.serializers import PageSerializer
from cms.directory.api.serializers import PictureSerializer, ReferredEntrySerializer


class ProjectLinkSerializer(serializers.Serializer):
    """A link to something of the project that lies elsewhere."""

    url = serializers.URLField()
    label = serializers.CharField()


class ImpactSerializer(serializers.Serializer):
    """A number that a project stands for."""

    value = serializers.FloatField()
    unit = serializers.CharField()
    label = serializers.CharField()


class GalleryPictureSerializer(serializers.Serializer):
    """A picture below the text."""

    image = PictureSerializer(allow_null=True)
    caption = serializers.CharField()


class ProjectSerializer(PageSerializer):
    """A project with everything its page says."""

    links = ProjectLinkSerializer(many=True)
    impact = ImpactSerializer(many=True)
    gallery = GalleryPictureSerializer(many=True)
    parts = ReferredEntrySerializer(
        many=True, help_text="The projects that belong to it, at most 50; all of them: list projects by `parent`."
    )
