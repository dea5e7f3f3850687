from rest_framework import serializers

from cms.blocks.api.serializers import PageSerializer
from cms.directory.api.serializers import PictureSerializer, ReferredEntrySerializer
from cms.hubs.enums import HeadlineFace


class ColoursSerializer(serializers.Serializer):
    """The colours of a hub at one time of day."""

    accent = serializers.CharField(help_text="#rrggbb")
    paper = serializers.CharField(help_text="#rrggbb")


class ThemeSerializer(serializers.Serializer):
    """How a hub looks."""

    day = ColoursSerializer()
    night = ColoursSerializer()
    headline = serializers.ChoiceField(HeadlineFace.choices)
    stylesheet = serializers.URLField(help_text="The same as CSS custom properties.")


class AmbassadorSerializer(serializers.Serializer):
    """A person who speaks for a hub."""

    name = serializers.CharField()
    role = serializers.CharField()
    message = serializers.CharField()
    image = PictureSerializer(allow_null=True)


class SupporterSerializer(serializers.Serializer):
    """An institution that makes a hub possible."""

    name = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    logo = PictureSerializer(allow_null=True)


class HubFigureSerializer(serializers.Serializer):
    """A number that tells something about a hub; a text, because editors write it as people say it."""

    value = serializers.CharField()
    unit = serializers.CharField()
    label = serializers.CharField()


class HubSerializer(PageSerializer):
    """A hub with everything its page says."""

    welcome = serializers.CharField(allow_blank=True)
    logo = PictureSerializer(allow_null=True)
    theme = ThemeSerializer()
    ambassadors = AmbassadorSerializer(many=True)
    supporters = SupporterSerializer(many=True)
    statistics = HubFigureSerializer(many=True)
    linked_hubs = ReferredEntrySerializer(many=True)
    sub_hubs = ReferredEntrySerializer(many=True, help_text="At most 50; all of them: list hubs by `parent`.")
