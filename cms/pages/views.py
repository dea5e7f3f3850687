from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms.core.throttling import Limit, is_over_limit

from .models import ContactPage

# No person of flesh fills a field that is neither seen nor announced.
HONEYPOT = "website_address"
CONTACT_LIMIT = Limit("contact", number=5, seconds=600)


# The form works on pages that any cache may hold, so it carries no token. It acts for nobody's session; what is left of
# cross-site posting is refused by the Origin header.
@csrf_exempt
@require_POST
def submit_contact(request: HttpRequest, key: Any, language: str) -> HttpResponse:
    """Take a contact form: mail it, keep it, and lead back with thanks. Errors stand beside their fields."""
    # Without a language in its address the form answers in that of its page, not of the browser.
    translation.activate(language)
    page = get_object_or_404(ContactPage.objects.live(), translation_key=key, locale__language_code=language)
    _refuse_foreign_origin(request)
    if request.POST.get(HONEYPOT):
        return HttpResponseRedirect(f"{page.get_url(request)}?sent=1")
    form = page.get_form(request.POST, request.FILES, page=page, user=request.user)
    if not form.is_valid():
        return _again(request, page, form, status=400)
    if is_over_limit(request, CONTACT_LIMIT):
        form.add_error(None, _("That was a lot of messages. Please try again in ten minutes."))
        return _again(request, page, form, status=429)
    page.process_form_submission(form)
    return HttpResponseRedirect(f"{page.get_url(request)}?sent=1")


def _refuse_foreign_origin(request: HttpRequest) -> None:
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        raise PermissionDenied


def _again(request: HttpRequest, page: ContactPage, form: Any, *, status: int) -> HttpResponse:
    context = page.get_context(request) | {"form": form}
    return TemplateResponse(request, page.template, context, status=status)
