from django.conf import settings
from rest_framework import serializers

from platform_apps.accounts.enums import TokenScope
from platform_apps.core.api.fields import LineField, StrictSerializer


class TokenSerializer(serializers.Serializer):
    """A personal API token, without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    scope = serializers.ChoiceField(TokenScope.choices)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class TokenListSerializer(serializers.Serializer):
    """All good tokens of a person: there can only be a few."""

    results = TokenSerializer(many=True)


class NewTokenSerializer(TokenSerializer):
    """A token that was just made, with its secret, which is never told again."""

    secret = serializers.CharField()


class TokenInput(StrictSerializer):
    """A new token."""

    name = LineField(max_length=80)
    scope = serializers.ChoiceField(TokenScope.choices, default=TokenScope.READ)
    days = serializers.IntegerField(
        min_value=1, max_value=settings.API_TOKEN_MOST_DAYS, default=settings.API_TOKEN_DAYS
    )
