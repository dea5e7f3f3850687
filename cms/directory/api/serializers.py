"""What an entry looks like in the API. Documentation: rows.py makes the rows, a test holds the two together."""

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
    start_date = serializers.DateField(allow_null=True, help_text="The date of a story, the beginning of a project.")
    end_date = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    last_activity_at = serializers.DateTimeField()
    counters = CountersSerializer()
    parent = LinkedEntrySerializer(allow_null=True, help_text="The hub, organization or project it is a part of.")
    distance_km = serializers.FloatField(allow_null=True, help_text="From `near`; null without it.")
