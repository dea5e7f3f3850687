from rest_framework import serializers

from cms.blocks.api.serializers import PageSerializer
from cms.directory.api.serializers import PictureSerializer
from cms.organizations.enums import Size


class OrganizationSerializer(PageSerializer):
    """An organization with everything its page says."""

    size = serializers.ChoiceField(Size.choices, allow_null=True, help_text="How many people it has, paid or not.")
    logo = PictureSerializer(allow_null=True)
    website = serializers.URLField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
