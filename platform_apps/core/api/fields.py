"""Serializers for what clients send: nothing unknown, nothing unseen."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from platform_apps.core.texts import ONE_LINE, SEVERAL_LINES


class StrictSerializer(serializers.Serializer):
    """Refuses fields that it does not know: what is misspelled must not be ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [str(name)[:200] for name in data if name not in self.fields or self.fields[name].read_only]
            if unknown:
                raise serializers.ValidationError({name: [_("There is no such field here.")] for name in unknown})
        return super().to_internal_value(data)


class LineField(serializers.CharField):
    """Text of one line. Give `max_length`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(ONE_LINE)


class TextField(serializers.CharField):
    """Text of several lines. Give `max_length`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(SEVERAL_LINES)

    def to_internal_value(self, data: Any) -> str:
        return str(super().to_internal_value(data)).replace("\r\n", "\n").replace("\r", "\n")
