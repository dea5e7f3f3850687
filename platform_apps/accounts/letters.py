"""The mails about accounts: what each of them says, by the name that allauth has for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from platform_apps.core.mail import post_mail

from .models import User

NOT_YOU = _("If this was not you, set a new password now: it ends every session but your own.")
NOT_ASKED = _("If you did not ask for this, you need not do anything.")


@dataclass(frozen=True)
class Letter:
    """A subject, what stands below it, and perhaps a code or a button. Texts may name values: `{new_email}`."""

    subject: Promise
    lines: tuple[Promise, ...]
    # The value in allauth's context that holds the address of the button, or the name of one of our pages.
    link: str = ""
    button: Promise | str = ""
    has_code: bool = False


def _code(subject: Promise, line: Promise) -> Letter:
    return Letter(subject, (line, NOT_ASKED), has_code=True)


def _notice(subject: Promise, line: Promise) -> Letter:
    return Letter(subject, (line, NOT_YOU), link="account_reset_password", button=_("Set a new password"))


LETTERS = {
    "email_confirmation_signup": _code(
        _("Your code to join {site_name}"), _("Enter this code to finish your account. It is good for 15 minutes.")
    ),
    "email_confirmation": _code(
        _("Your code to confirm this address"),
        _("Enter this code to make this the address of your account. It is good for 15 minutes."),
    ),
    "login_code": _code(_("Your code to sign in"), _("Enter this code to sign in. It is good for 15 minutes.")),
    "password_reset_key": Letter(
        _("Set a new password"),
        (_("Choose a new password with this link. It works once, and for one hour."), NOT_ASKED),
        link="password_reset_url",
        button=_("Choose a new password"),
    ),
    "account_already_exists": Letter(
        _("You have an account already"),
        (
            _("Somebody, probably you, wanted to make an account with this address. It has one: just sign in."),
            _("Without your password you can have a code sent to you, or set a new one."),
        ),
        link="account_login",
        button=_("Sign in"),
    ),
    "unknown_account": Letter(
        _("There is no account with this address"),
        (
            _("Somebody, probably you, wanted to sign in with this address. No account here has it."),
            _("Perhaps you joined with another address. If it was not you, you need not do anything."),
        ),
        link="account_signup",
        button=_("Join the network"),
    ),
    "password_reset": _notice(_("Your password was changed"), _("The password of your account was set anew.")),
    "password_changed": _notice(_("Your password was changed"), _("The password of your account was changed.")),
    "password_set": _notice(_("Your account has a password"), _("A password was set for your account.")),
    "email_changed": Letter(
        _("Your account has a new address"),
        (
            _("Your account has been moved from {from_email} to {to_email}. This is the last mail to the old address."),
            _("If this was not you, write to us at once: reply to this mail."),
        ),
    ),
    "email_deleted": _notice(_("An address was removed"), _("{deleted_email} was removed from your account.")),
    "totp_activated": _notice(
        _("An authenticator app was added"), _("Signing in to your account now takes a code from an authenticator app.")
    ),
    "totp_deactivated": _notice(
        _("The authenticator app was removed"), _("Signing in takes no code from an authenticator app any more.")
    ),
    "webauthn_added": _notice(_("A passkey was added"), _("A passkey was added to your account.")),
    "webauthn_removed": _notice(_("A passkey was removed"), _("A passkey was removed from your account.")),
    "recovery_codes_generated": _notice(
        _("New recovery codes"), _("Your account has new recovery codes. The old ones are worth nothing any more.")
    ),
    "account_connected": _notice(
        _("An account was connected"), _("An account elsewhere can now be used to sign in to yours.")
    ),
    "account_disconnected": _notice(
        _("An account was disconnected"), _("An account elsewhere can no longer be used to sign in to yours.")
    ),
}


def send_letter(name: str, *, to: str, context: Mapping[str, Any]) -> None:
    """Send a letter in the language of its reader: the account's own, or else that of the page."""
    letter = LETTERS[name]
    values = {
        "site_name": settings.WAGTAIL_SITE_NAME,
        **{key: value for key, value in context.items() if isinstance(value, str)},
    }
    post_mail(
        to=to,
        template="accounts/letter",
        language=_language(to),
        context={
            "subject_line": format_lazy(letter.subject, **values),
            "lines": [format_lazy(line, **values) for line in letter.lines],
            "code": context["code"] if letter.has_code else "",
            "url": _address(letter.link, context),
            "button": letter.button,
            "timestamp": context.get("timestamp") or timezone.now(),
            "ip": context.get("ip", ""),
        },
    )


def _language(address: str) -> str:
    known = User.objects.filter(email__iexact=address).values_list("preferred_language", flat=True).first()
    return known or translation.get_language() or settings.LANGUAGE_CODE


def _address(link: str, context: Mapping[str, Any]) -> str:
    if not link:
        return ""
    return context.get(link) or settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(link)
