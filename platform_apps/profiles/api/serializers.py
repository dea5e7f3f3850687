"""What people look like in the API, and what they send to change their own profile."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from cms.places.models import Place
from cms.taxonomy.enums import Hue
from platform_apps.core.api.fields import LineField, StrictSerializer, TextField
from platform_apps.profiles.enums import Availability, Level, Visibility
from platform_apps.profiles.models import LONGEST_ABOUT, LONGEST_HEADLINE, LONGEST_WEBSITE
from platform_apps.profiles.sight import FIELDS
from platform_apps.profiles.validation import LONGEST_NAME, MOST_LANGUAGES, MOST_SECTORS, MOST_SKILLS


class AvatarSerializer(serializers.Serializer):
    """The picture of a person: square, without alternative text, since the name stands beside it."""

    url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class PersonPlaceSerializer(serializers.Serializer):
    """Where somebody is at home."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166, two letters.")


class PersonLanguageSerializer(serializers.Serializer):
    """A language that somebody speaks."""

    code = serializers.CharField(help_text="ISO 639, two letters.")
    name = serializers.CharField()


class PersonSkillSerializer(serializers.Serializer):
    """Something that somebody can do."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    level = serializers.ChoiceField(Level.choices, help_text="1: is learning it. 2: can do it. 3: can teach it.")


class PersonSectorSerializer(serializers.Serializer):
    """A field that somebody cares about."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    hue = serializers.ChoiceField(Hue.choices)


class PersonRowSerializer(serializers.Serializer):
    """A person as the asker sees them. What they do not see is as empty as what is not there."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_null=True, help_text="Null for those whose name is not to be seen.")
    avatar = AvatarSerializer(allow_null=True)
    headline = serializers.CharField(allow_blank=True)
    place = PersonPlaceSerializer(allow_null=True)
    languages = PersonLanguageSerializer(many=True)
    skills = PersonSkillSerializer(many=True)
    sectors = PersonSectorSerializer(many=True)
    availability = serializers.ChoiceField(Availability.choices, allow_null=True)
    website = serializers.CharField(allow_blank=True)
    url = serializers.URLField()


class PersonSerializer(PersonRowSerializer):
    """A person with what they write about themselves."""

    about = serializers.CharField(allow_blank=True, help_text="Plain text.")


class VisibilitySerializer(serializers.Serializer):
    """Who sees what."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {field: serializers.ChoiceField(Visibility.choices) for field in FIELDS}


class MyProfileSerializer(PersonSerializer):
    """One's own profile, with everything in it."""

    first_name = serializers.CharField(allow_blank=True)
    last_name = serializers.CharField(allow_blank=True)
    visibility = VisibilitySerializer()


class SkillInput(StrictSerializer):
    """A skill and how well one has it."""

    id = serializers.UUIDField()
    level = serializers.ChoiceField(Level.choices, default=Level.ABLE)


class VisibilityInput(StrictSerializer):
    """Who shall see what; fields that are not named stay as they are."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {field: serializers.ChoiceField(Visibility.choices, required=False) for field in FIELDS}


class EditProfileInput(StrictSerializer):
    """What shall change; what is not named stays as it is."""

    first_name = LineField(max_length=LONGEST_NAME, required=False, allow_blank=True)
    last_name = LineField(max_length=LONGEST_NAME, required=False, allow_blank=True)
    headline = LineField(max_length=LONGEST_HEADLINE, required=False, allow_blank=True)
    about = TextField(max_length=LONGEST_ABOUT, required=False, allow_blank=True, help_text="Plain text.")
    place = serializers.UUIDField(required=False, allow_null=True, help_text="The id of a place.")
    languages = serializers.ListField(
        child=serializers.RegexField("^[a-z]{2}$", help_text="ISO 639, two letters."),
        max_length=MOST_LANGUAGES,
        required=False,
    )
    skills = serializers.ListField(child=SkillInput(), max_length=MOST_SKILLS, required=False)
    sectors = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_SECTORS, required=False)
    availability = serializers.ChoiceField(Availability.choices, required=False, allow_blank=True)
    website = LineField(max_length=LONGEST_WEBSITE, required=False, allow_blank=True)
    visibility = VisibilityInput(required=False)

    def validate_place(self, key: UUID | None) -> Place | None:
        if key is None:
            return None
        place = Place.objects.filter(pk=key).first()
        if place is None:
            raise serializers.ValidationError(_("There is no such place."))
        return place

    def validate_skills(self, skills: list[dict[str, Any]]) -> dict[UUID, int]:
        return {skill["id"]: skill["level"] for skill in skills}


class AvatarInput(StrictSerializer):
    """A picture of any kind that we take; its middle is kept."""

    file = serializers.FileField()
