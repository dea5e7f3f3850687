"""The second factor: how its secrets are kept, and that nobody enters the admin without one."""

import base64
import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.api.problems import problem_response

from .permissions import has_second_factor, lacks_second_factor

# In the session in which somebody set up their second factor.
SET_UP_HERE = "second_factor_set_up_here"
# Signing in and out, and the scripts that say in which language: what the admin answers to everybody.
OPEN_TO_ALL = ("/admin/login/", "/admin/logout/", "/admin/jsi18n/", "/admin/sprite/")


class MfaAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps encrypted: a copy of the database is then no second factor."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises PermissionDenied when the key it was kept with is gone."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise PermissionDenied from error

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.WAGTAIL_SITE_NAME}


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"accounts.second-factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondFactorMiddleware:
    """Leads everybody who may enter the admin to setting up a second factor first, whichever way they signed in.

    Who has one was asked for it at every door: allauth's stages stand behind password, code and provider alike.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_guarded(request.path) and request.user.is_authenticated and _is_refused(request):
            return _refusal(request)
        return self.get_response(request)


def _is_guarded(path: str) -> bool:
    return path.startswith("/admin/") and not path.startswith(OPEN_TO_ALL)


def _is_refused(request: HttpRequest) -> bool:
    if lacks_second_factor(request.user):
        return True
    # Set up in another session: this one has not shown it.
    return bool(settings.REQUIRE_MFA and has_second_factor(request.user) and not has_shown_it(request))


def has_shown_it(request: HttpRequest) -> bool:
    """Return whether this session came about with the second factor, or set it up itself."""
    records: list[dict[str, Any]] = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(record.get("method") == "mfa" for record in records) or bool(request.session.get(SET_UP_HERE))


def _where_to_show_it(request: HttpRequest) -> str:
    methods = get_account_adapter().get_reauthentication_methods(request.user)
    return next(method["url"] for method in methods if method["id"].startswith("mfa_"))


def _refusal(request: HttpRequest) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or "text/html" not in request.headers.get(
        "Accept", "text/html"
    ):
        return problem_response(HTTPStatus.FORBIDDEN, _("Set up a second factor first."))
    if not lacks_second_factor(request.user):
        return HttpResponseRedirect(f"{_where_to_show_it(request)}?{urlencode({'next': request.path})}")
    messages.info(request, _("Whoever works at the editors' desk needs a second factor. Set one up, and go on."))
    return HttpResponseRedirect(reverse("mfa_index"))
