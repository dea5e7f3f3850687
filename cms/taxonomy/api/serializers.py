from rest_framework import serializers

from cms.taxonomy.enums import Hue, Phase


class TermSerializer(serializers.Serializer):
    """A term of a vocabulary."""

    id = serializers.UUIDField(help_text="The same in every language.")
    slug = serializers.CharField(help_text="The same in every language.")
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)


class TreeTermSerializer(TermSerializer):
    """A term that can stand under another one."""

    parent = serializers.UUIDField(allow_null=True, help_text="The term above it, null for a main heading.")


class SectorSerializer(TreeTermSerializer):
    """A field of climate action."""

    hue = serializers.ChoiceField(Hue.choices, help_text="Its colour in the design system.")
    counterpart = serializers.UUIDField(
        allow_null=True, help_text="Only for a hub's own sector: the general sector it counts as elsewhere."
    )


class SkillSerializer(TreeTermSerializer):
    """Something a person can bring."""


class OrganizationTypeSerializer(TermSerializer):
    """What an organization is."""


class ProjectStatusSerializer(TermSerializer):
    """Where a project stands, in the network's own words."""

    phase = serializers.ChoiceField(Phase.choices, help_text="What programs can rely on.")
