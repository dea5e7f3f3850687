"""Serializers for what clients send: nothing unknown, nothing unseen."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

# Line breaks would reach headers of mails; signs that turn the direction of writing make names look like others.
UNSEEN = "\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
ONE_LINE = RegexValidator(
    re.compile(f"[{UNSEEN}]"), gettext_lazy("Control characters and line breaks are not text."), inverse_match=True
)
SEVERAL_LINES = RegexValidator(
    re.compile(f"[{UNSEEN}]".replace("\x00-\x1f", "\x00-\x08\x0b\x0c\x0e-\x1f")),
    gettext_lazy("Control characters are not text."),
    inverse_match=True,
)


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
