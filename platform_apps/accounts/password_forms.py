"""allauth's forms in which somebody chooses a password."""

from typing import Any

from allauth.account import forms
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.core.internal.httpkit import headed_redirect_response
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ADVICE = _("Twelve characters or more. Four words that have nothing to do with each other are easy to remember.")


class AdvisedForm:
    """Says how to find a good password, in place of a list of all that is wrong with bad ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ADVICE


class ChangePasswordForm(AdvisedForm, forms.ChangePasswordForm):
    """A new password in place of the old one."""


class SetPasswordForm(AdvisedForm, forms.SetPasswordForm):
    """A first password."""


class ResetPasswordKeyForm(AdvisedForm, forms.ResetPasswordKeyForm):
    """A new password in place of a forgotten one."""


class SignupForm(AdvisedForm, forms.SignupForm):
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
