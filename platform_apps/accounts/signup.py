from typing import Any

from allauth.account import forms
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.core.internal.httpkit import headed_redirect_response
from django.contrib.auth import get_user_model
from django.http import HttpRequest


class SignupForm(forms.SignupForm):
    """allauth's own, but an address which has an account costs as much time, and a second click does nothing."""

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; where there is one, do the same work and tell its owner by mail."""
        if self.account_already_exists:
            under_way = EmailVerificationProcess.resume(request)
            if under_way and under_way.user and under_way.email == self.cleaned_data["email"]:
                # Made a moment ago, in this very window: its code is good, and another mail would only confuse.
                return None, headed_redirect_response("account_email_verification_sent")
            get_user_model()().set_password(self.cleaned_data["password1"])
        return super().try_save(request)
