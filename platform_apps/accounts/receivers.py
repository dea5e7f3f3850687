"""Reactions to what allauth and Django announce about accounts."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa import signals as mfa_signals
from allauth.socialaccount import signals as social_signals
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.models import APIToken

from .mfa import SET_UP_HERE
from .models import TokenTerms
from .sessions import end_other_sessions, note_sign_in


@receiver(user_logged_in)
def begin_session(request: HttpRequest, user: Any, **_rest: Any) -> None:
    """Start the clock of a session."""
    if request is not None and hasattr(request, "session"):
        note_sign_in(request, user)


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
@receiver(account_signals.password_reset)
@receiver(account_signals.email_changed)
@receiver(mfa_signals.authenticator_added)
@receiver(mfa_signals.authenticator_removed)
@receiver(social_signals.social_account_removed)
def end_the_others(request: HttpRequest, **about: Any) -> None:
    """End all other sessions when the ways to sign in have changed: somebody else may be in one of them."""
    user = about.get("user") or about["socialaccount"].user
    is_own = request.user.is_authenticated and request.user.pk == user.pk
    end_other_sessions(user=user, current_key=request.session.session_key if is_own else None)


@receiver(account_signals.email_confirmed)
def forget_a_strangers_password(request: HttpRequest, email_address: Any, **_rest: Any) -> None:
    """Drop the password of an account that its owner enters for the first time by a code.

    Anybody can have made it, with the owner's address and a password of their own, and waited for this moment.
    """
    user = email_address.user
    if user.last_login is None and _came_by_code(request):
        user.set_unusable_password()
        user.save(update_fields=["password"])


def _came_by_code(request: HttpRequest) -> bool:
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return bool(records) and records[-1]["method"] == "code"


@receiver(mfa_signals.authenticator_added)
def note_second_factor(request: HttpRequest, **_rest: Any) -> None:
    """Spare the person to show at once what they have just set up."""
    request.session[SET_UP_HERE] = True


@receiver(post_save, sender=APIToken)
def give_terms(instance: APIToken, *, created: bool, **_rest: Any) -> None:
    """Give terms to tokens that the admin and Wagtail's command make as well: theirs would never expire."""
    if created:
        TokenTerms.objects.get_or_create(token=instance)
