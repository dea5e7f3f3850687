from typing import Any

from allauth.account import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest


class SignupForm(forms.SignupForm):
    """allauth's own, except that an address which has an account costs as much time as a new one."""

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; where there is one, do the same work and tell its owner by mail."""
        if self.account_already_exists:
            get_user_model()().set_password(self.cleaned_data["password1"])
        return super().try_save(request)
