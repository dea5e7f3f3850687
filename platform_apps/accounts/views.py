"""Pages and parts of pages for one person."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException
from wagtail.models import Page

from cms.core.refusals import ConflictError

from .forms import TokenForm
from .middleware import forget
from .models import TokenTerms
from .overview import account_lines
from .permissions import has_second_factor
from .personal import personal_parts
from .services import create_token, revoke_token
from .sessions import end_other_sessions, end_session, sessions_of

LONGEST_PATH = 1_000


@require_safe
def personal(request: HttpRequest) -> HttpResponse:
    """Return the personal parts of the page at `path`, as templates for the places they go to.

    Nobody signed in: 204, and the hint that made the page ask is taken away.
    """
    if request.user.is_authenticated:
        page = _page(request, request.GET.get("path", "")[:LONGEST_PATH])
        context = {
            "edit_url": _edit_url(request, page),
            "may_enter_admin": request.user.has_perm("wagtailadmin.access_admin"),
            "parts": [part.component(request, page) for part in personal_parts()],
        }
        response = render(request, "accounts/personal.html", context)
    else:
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        forget(response)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _edit_url(request: HttpRequest, page: Any) -> str:
    """Return where the person may edit the page; "" when there is none or they may not."""
    if page is None or not page.permissions_for_user(request.user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _page(request: HttpRequest, path: str) -> Any:
    # Pages stand below the language that this view was asked in; their own paths go on from there.
    language, _view, _rest = request.path.partition("personal/")
    if not path.startswith(language):
        return None
    route = Page.route_for_request(request, path.removeprefix(language))
    return route.page if route else None


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what there is to one's account, and the way to each part."""
    user = request.user
    context = {
        "lines": [part.component(request) for part in account_lines()],
        "email": user.email,
        "new_email": EmailAddress.objects.filter(user=user, verified=False).values_list("email", flat=True).first(),
        "has_second_factor": has_second_factor(user),
        "passkeys": Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count(),
        "sessions": len(sessions_of(user, request.session.session_key)),
        "connected": SocialAccount.objects.filter(user=user).count(),
        "tokens": TokenTerms.objects.of(user).count(),
        "may_connect": bool(get_social_adapter().list_providers(request)),
    }
    return render(request, "accounts/overview.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in, and end what should not go on: one session (`session`) or all others."""
    current = request.session.session_key
    if request.method == "POST":
        _end_asked(request, current)
        return HttpResponseRedirect(reverse("usersessions_list"))
    return render(request, "accounts/sessions.html", {"sessions": sessions_of(request.user, current)})


def _end_asked(request: HttpRequest, current: str | None) -> None:
    asked = request.POST.get("session", "")
    if not asked:
        end_other_sessions(user=request.user, current_key=current)
    elif not end_session(user=request.user, session_id=asked):
        raise Http404
    messages.success(request, _("Ended. Nobody can go on there any more."))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Show one's API tokens and a form for another one; revoke one (`revoke`)."""
    if "revoke" in request.POST:
        return _revoke(request, request.POST["revoke"])
    if request.method == "POST":
        return _create(request)
    return _token_page(request, TokenForm())


@reauthentication_required
def _create(request: HttpRequest) -> HttpResponse:
    """Make a token and show it. No redirect: its secret is kept nowhere, so this answer is the only one to have it."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _token_page(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        terms, secret = create_token(user=request.user, **form.cleaned_data)
    except ConflictError as refusal:
        form.add_error(None, str(refusal))
        return _token_page(request, form, status=HTTPStatus.CONFLICT)
    return _token_page(request, TokenForm(), made=terms, secret=secret)


def _revoke(request: HttpRequest, token_id: str) -> HttpResponse:
    try:
        revoke_token(user=request.user, token_id=UUID(token_id))
    except (ValueError, TokenTerms.DoesNotExist) as error:
        raise Http404 from error
    messages.success(request, _("Revoked. It opens nothing any more."))
    return HttpResponseRedirect(reverse("account_tokens"))


def _token_page(request: HttpRequest, form: TokenForm, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    context = {"form": form, "tokens": TokenTerms.objects.of(request.user), **more}
    return render(request, "accounts/tokens.html", context, status=status)


def go_to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Begin to sign in with an account elsewhere; allauth itself falls over a provider that does not answer."""
    try:
        return openid_connect.login(request, provider_id)
    except (RequestException, KeyError):
        return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
