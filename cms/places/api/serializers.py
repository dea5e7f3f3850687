from rest_framework import serializers

from cms.places.enums import PlaceKind


class LinkedPlaceSerializer(serializers.Serializer):
    """Another place, by name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class BoxSerializer(serializers.Serializer):
    """The box around a place in degrees; `west` is larger than `east` where it spans the antimeridian."""

    south = serializers.FloatField()
    west = serializers.FloatField()
    north = serializers.FloatField()
    east = serializers.FloatField()


class PlaceRowSerializer(serializers.Serializer):
    """A place in a list."""

    id = serializers.UUIDField()
    name = serializers.CharField(help_text="In the chosen language where it is known, else as its people call it.")
    kind = serializers.ChoiceField(PlaceKind.choices)
    country = serializers.CharField(help_text="ISO 3166, two letters.")
    population = serializers.IntegerField(help_text="0 when unknown.")
    latitude = serializers.FloatField(help_text="Degrees north, WGS 84.")
    longitude = serializers.FloatField(help_text="Degrees east, WGS 84.")
    box = BoxSerializer(allow_null=True)
    has_boundary = serializers.BooleanField(help_text="Whether its outline is known; the detail has it.")
    parent = LinkedPlaceSerializer(allow_null=True)


class PlaceSerializer(PlaceRowSerializer):
    """A place with its outline."""

    boundary = serializers.JSONField(allow_null=True, help_text="A GeoJSON Polygon or MultiPolygon: longitude first.")
    boundary_source = serializers.CharField(allow_blank=True, help_text="Who drew the outline, and its licence.")


class GroundNameSerializer(serializers.Serializer):
    """What stands at a point or in an outline of the ground."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(PlaceKind.choices)
    is_named = serializers.BooleanField(help_text="Whether its name has room; others say what is near.")


class GroundFeatureSerializer(serializers.Serializer):
    """An outline, or a town as a point."""

    type = serializers.CharField(help_text="Always Feature.")
    id = serializers.UUIDField(help_text="The id of the place.")
    geometry = serializers.JSONField(help_text="A GeoJSON Point, Polygon or MultiPolygon: longitude first.")
    properties = GroundNameSerializer()


class GroundSerializer(serializers.Serializer):
    """What is drawn under the markers of a map."""

    type = serializers.CharField(help_text="Always FeatureCollection.")
    features = GroundFeatureSerializer(many=True)
    credits = serializers.ListField(child=serializers.CharField(), help_text="What the sources ask to be shown.")
