"""What counts as text, wherever people write some: forms, the API, models."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

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
