"""What is asked of everybody who makes an account, whichever door they come through."""

import re

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from platform_apps.core.api.fields import ONE_LINE

from .enums import TokenScope
from .models import User

LONGEST_NAME = 80
# Names stand in mails and lists: what only markup and addresses need would be bait for whoever reads them.
NO_MARKUP = RegexValidator(
    re.compile(r"[<>]|://|www\.", re.IGNORECASE), _("A name has no markup and no addresses in it."), inverse_match=True
)


class NameField(forms.CharField):
    """One line, as people write their names."""

    def __init__(self, *, autocomplete: str, **kwargs: object) -> None:
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=LONGEST_NAME, validators=[ONE_LINE, NO_MARKUP], widget=widget, **kwargs)


class NameForm(forms.Form):
    """The names, before address and password. allauth builds its own forms of sign-up upon this one."""

    first_name = NameField(label=_("First name"), autocomplete="given-name")
    last_name = NameField(label=_("Last name"), autocomplete="family-name", required=False)

    field_order = ["first_name", "last_name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: the adapter has kept names and language. allauth wants this method."""


class TokenForm(forms.Form):
    """A new personal token."""

    name = forms.CharField(
        label=_("Name"), max_length=80, validators=[ONE_LINE], help_text=_("What will use it: you will want to know.")
    )
    scope = forms.ChoiceField(label=_("May"), choices=TokenScope, initial=TokenScope.READ, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("Good for how many days"), min_value=1, max_value=settings.API_TOKEN_MOST_DAYS,
        initial=settings.API_TOKEN_DAYS,
    )  # fmt: skip
