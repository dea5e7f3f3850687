"""What an entry looks like in the API. Documentation: rows.py makes the rows, a test holds the two together."""

from functools import cache

from rest_framework import serializers

from cms.directory.enums import Attendance, Kind, Part
from cms.taxonomy.enums import Phase


class PictureSerializer(serializers.Serializer):
    """A picture, ready to show."""

    url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField(help_text="What it shows, for those who cannot see it.")
    credit = serializers.CharField(help_text="Whose it is; print it beside the picture.")


class EntryPlaceSerializer(serializers.Serializer):
    """Where an entry is."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166, two letters.")
    latitude = serializers.FloatField(help_text="Degrees north, WGS 84.")
    longitude = serializers.FloatField(help_text="Degrees east, WGS 84.")


class LinkedEntrySerializer(serializers.Serializer):
    """Another entry, by name."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.URLField()


class ReferredEntrySerializer(LinkedEntrySerializer):
    """Another entry of any kind, by name."""

    kind = serializers.ChoiceField(Kind.choices)


class LinkedOrganizationSerializer(LinkedEntrySerializer):
    """An organization, and what it does in the entry."""

    part = serializers.ChoiceField(Part.choices)


class LinkedTermSerializer(serializers.Serializer):
    """A term that an entry carries."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class LinkedStatusSerializer(LinkedTermSerializer):
    """The status of a project: the network's own word, and the phase that programs can rely on."""

    phase = serializers.ChoiceField(Phase.choices)


class EntryTypeSerializer(serializers.Serializer):
    """The type of an organization (a term) or of a hub (fixed, therefore without an id)."""

    id = serializers.UUIDField(allow_null=True)
    slug = serializers.CharField()
    name = serializers.CharField()


class CountersSerializer(serializers.Serializer):
    """How many people have to do with an entry."""

    members = serializers.IntegerField()
    followers = serializers.IntegerField()
    likes = serializers.IntegerField()
    comments = serializers.IntegerField()


class EntryRowSerializer(serializers.Serializer):
    """An entry in a list."""

    id = serializers.UUIDField(help_text="The same in every language.")
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField()
    slug = serializers.CharField()
    summary = serializers.CharField()
    url = serializers.URLField(help_text="The page for readers of the chosen language.")
    language = serializers.CharField(help_text="The language of title, summary and text.")
    languages = serializers.ListField(child=serializers.CharField(), help_text="All languages it is public in.")
    is_translation = serializers.BooleanField()
    is_machine_translated = serializers.BooleanField(help_text="No person has checked this translation.")
    is_stale = serializers.BooleanField(help_text="The original has changed since it was translated.")
    image = PictureSerializer(allow_null=True)
    place = EntryPlaceSerializer(allow_null=True)
    hubs = LinkedEntrySerializer(many=True)
    organizations = LinkedOrganizationSerializer(many=True)
    sectors = LinkedTermSerializer(many=True, help_text="A hub's own sectors stand as their general counterparts.")
    skills = LinkedTermSerializer(many=True, help_text="Skills sought.")
    status = LinkedStatusSerializer(allow_null=True)
    type = EntryTypeSerializer(allow_null=True)
    attendance = serializers.ChoiceField(Attendance.choices)
    is_open = serializers.BooleanField(help_text="Open for collaboration.")
    is_verified = serializers.BooleanField(help_text="A moderator has looked at who this is. Organizations only.")
    start_date = serializers.DateField(allow_null=True, help_text="The date of a story, the beginning of a project.")
    end_date = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    last_activity_at = serializers.DateTimeField()
    counters = CountersSerializer()
    parent = LinkedEntrySerializer(allow_null=True, help_text="The hub, organization or project it is a part of.")
    distance_km = serializers.FloatField(allow_null=True, help_text="From `near`; null without it.")


class PointSerializer(serializers.Serializer):
    """A position as GeoJSON has it."""

    type = serializers.CharField(help_text="Always Point.")
    coordinates = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, help_text="Longitude, latitude; WGS 84."
    )


class FeatureSerializer(serializers.Serializer):
    """Something on the map."""

    type = serializers.CharField(help_text="Always Feature.")
    geometry = PointSerializer()


class EntryFeatureSerializer(FeatureSerializer):
    """An entry on the map."""

    id = serializers.UUIDField()


class MapPictureSerializer(serializers.Serializer):
    """A picture for the card on the map."""

    url = serializers.URLField()
    alt = serializers.CharField(allow_blank=True)


class MarkerSerializer(serializers.Serializer):
    """What a marker says. A cluster has a count, an entry all that its card shows."""

    type = serializers.ChoiceField([("cluster", "cluster"), ("entry", "entry")])
    label = serializers.CharField(help_text="Its name in the chosen language: `12 projects`, or the title.")
    count = serializers.IntegerField(required=False, help_text="How many stand together.")
    can_split = serializers.BooleanField(
        required=False, help_text="Whether looking nearer, at its bbox, shows more than one marker."
    )
    entries = serializers.URLField(required=False, help_text="The entries of a cluster, one by one.")
    kind = serializers.ChoiceField(Kind.choices, required=False)
    title = serializers.CharField(required=False)
    language = serializers.CharField(required=False, help_text="Of the title.")
    url = serializers.URLField(required=False)
    sector = serializers.CharField(required=False, help_text="The name of its first sector; else of its kind.")
    hue = serializers.CharField(required=False, allow_blank=True, help_text="The colour of its first sector.")
    status = serializers.CharField(required=False, allow_blank=True)
    place = serializers.CharField(required=False, allow_blank=True)
    facts = serializers.ListField(child=serializers.CharField(), required=False)
    image = MapPictureSerializer(required=False, allow_null=True)
    illustration = serializers.URLField(required=False, help_text="What we draw where there is no picture: SVG.")


class MapFeatureSerializer(FeatureSerializer):
    """A marker on the map: a cluster of entries with the bbox around them, or one entry with its id."""

    id = serializers.UUIDField(required=False)
    bbox = serializers.ListField(
        child=serializers.FloatField(), min_length=4, max_length=4, required=False,
        help_text="West, south, east, north.",
    )  # fmt: skip
    properties = MarkerSerializer()


class ClusterCollectionSerializer(serializers.Serializer):
    """What one view of the map shows."""

    type = serializers.CharField(help_text="Always FeatureCollection.")
    features = MapFeatureSerializer(many=True)
    count = serializers.IntegerField(help_text="How many entries lie in the box.")
    label = serializers.CharField(help_text="The same in words.")


@cache
def feature_page_of(
    feature: type[serializers.Serializer], properties: type[serializers.Serializer]
) -> type[serializers.Serializer]:
    """Return the serializer of a list as GeoJSON, from those of a feature and of what it says."""
    name = properties.__name__.removesuffix("Serializer")
    documented = type(f"{name}FeatureSerializer", (feature,), {"properties": properties(), "__doc__": feature.__doc__})
    links = {
        link: serializers.URLField(allow_null=True, help_text=f"The address of the {link} page, null where none is.")
        for link in ("next", "previous")
    }
    fields = {
        "type": serializers.CharField(help_text="Always FeatureCollection."),
        "features": documented(many=True),
        **links,
        "__doc__": "A page of a list as GeoJSON.",
    }
    return type(f"{name}FeaturePageSerializer", (serializers.Serializer,), fields)
