from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import is_headless_request
from allauth.headless.base.response import AuthenticationResponse
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from .letters import send_letter
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Where Groundswell departs from allauth's own ways."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether visitors may make accounts: a setting, since many networks invite first."""
        return bool(settings.SIGNUP_OPEN)

    def is_safe_url(self, url: str) -> bool:
        """Return whether a sign-in may lead to this address; allauth itself stumbles over `http://[`."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def clean_email(self, email: str) -> str:
        """Return the address. Raises ValidationError for one that is longer than any mailbox's (RFC 5321)."""
        MaxLengthValidator(User._meta.get_field("email").max_length)(email)
        return str(super().clean_email(email))

    def new_user(self, request: HttpRequest) -> User:
        """Return a new account in the language in which it is made."""
        user = super().new_user(request)
        user.preferred_language = translation.get_language() or settings.LANGUAGE_CODE
        return user

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 (allauth's)
        """Keep a new account. Of two at the same moment with one address, the second is told what a later one is."""
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit)
        except IntegrityError as error:
            answer = prevent_enumeration(request, email=form.cleaned_data["email"])
            if is_headless_request(request):
                answer = AuthenticationResponse(request)
            raise ImmediateHttpResponse(answer) from error

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails our way: in the reader's language, HTML and text, after the commit."""
        send_letter(template_prefix.rpartition("/")[2], to=email, context=context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address by the site's own name: the request's could be one that an attacker has chosen."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path.replace("UID-KEY", key)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Take the address over; no, when an account that somebody made meanwhile has it."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            return False
