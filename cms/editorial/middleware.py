"""Closes Wagtail's secondary views to pages that an editor may not see.

Wagtail checks permissions view by view, and in 2026 alone nine of its thirteen security notices were a view that forgot
(comparing, copying, choosing, translating). Here one rule covers them all, those of plug-ins too: an address in the
admin that names a page answers as if the page did not exist, unless the explorer would list it.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource

from .permissions import can_link_to_page, can_see_page, sees_whole_site

PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
# What Wagtail and we serve to everybody.
OPEN_VIEWS = frozenset({"admin-login", "wagtailadmin_login", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"})
# Choosers may show what everybody can read.
CHOOSERS = frozenset({"wagtailadmin_choose_page_child"})
CHOSEN_MULTIPLE = "wagtailadmin_choose_page_chosen_multiple"
# Views that list everything there is, whoever asks.
SITE_WIDE = frozenset(
    {
        "wagtail_localize:translations_report",
        "wagtail_localize:translations_report_results",
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:page_types_usage_results",
    }
)
# Making a translation writes a page in another language: seeing the source is not enough.
TRANSLATE_PAGE, TRANSLATE_SNIPPET = (
    "wagtail_localize:submit_page_translation",
    "wagtail_localize:submit_snippet_translation",
)


class AdminPageGuardMiddleware:
    """Answers 404 to addresses of the admin that name a page, or a translation of one, the user may not see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, arguments: dict[str, Any]) -> None:
        """Raises Http404 or PermissionDenied; strangers are left to Wagtail, which sends them to sign in."""
        # The path first: to look at the user is to read the session, and pages for visitors must not vary by cookie.
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return
        user = getattr(request, "user", None)
        match = request.resolver_match
        if user is None or not user.is_authenticated:
            return
        if user.is_superuser or match.view_name in OPEN_VIEWS:
            return
        if not user.has_perm("wagtailadmin.access_admin"):
            # Wagtail sends them to sign in, where they are signed in already and sent back: for ever.
            raise PermissionDenied
        if match.view_name in SITE_WIDE and not sees_whole_site(user):
            raise PermissionDenied
        _check_pages(user, match, arguments)
        _check_translations(user, match, arguments)
        if match.view_name == CHOSEN_MULTIPLE:
            _keep_linkable(request)


def _check_pages(user: Any, match: ResolverMatch, arguments: dict[str, Any]) -> None:
    is_allowed = can_link_to_page if match.view_name in CHOOSERS else can_see_page
    ids = [arguments[name] for name in PAGE_ARGUMENTS if arguments.get(name) is not None]
    if match.view_name.startswith("wagtailadmin_api:pages:") and "pk" in arguments:
        ids.append(arguments["pk"])
    for page_id in ids:
        if not is_allowed(user, page_id):
            raise Http404


def _check_translations(user: Any, match: ResolverMatch, arguments: dict[str, Any]) -> None:
    if match.view_name == TRANSLATE_PAGE:
        _require_edit(user, Page.objects.filter(pk=arguments["page_id"]).first())
    elif match.view_name == TRANSLATE_SNIPPET:
        _require_change(user, arguments["app_label"], arguments["model_name"])
    elif "translation_source_id" in arguments:
        source = TranslationSource.objects.filter(pk=arguments["translation_source_id"]).first()
        _require_edit(user, source and source.get_source_instance())
    elif "translation_id" in arguments and match.view_name.startswith("wagtail_localize:"):
        translation = Translation.objects.filter(pk=arguments["translation_id"]).select_related("source").first()
        _require_edit(user, translation and translation.source.get_source_instance())


def _require_edit(user: Any, instance: Any) -> None:
    if instance is None:
        raise Http404
    if isinstance(instance, Page):
        is_allowed = instance.permissions_for_user(user).can_edit()
    else:
        is_allowed = policy_registry.get_by_type(type(instance)).user_has_permission(user, "change")
    if not is_allowed:
        raise Http404


def _require_change(user: Any, app_label: str, model_name: str) -> None:
    models = {(model._meta.app_label, model._meta.model_name): model for model in get_snippet_models()}
    model = models.get((app_label, model_name))
    if model is None or not policy_registry.get_by_type(model).user_has_permission(user, "change"):
        raise Http404


def _keep_linkable(request: HttpRequest) -> None:
    """Drop from a choice of several pages those that the chooser would not have offered."""
    parameters = request.GET.copy()
    chosen = [page_id for page_id in parameters.getlist("id") if page_id.isascii() and page_id.isdigit()]
    parameters.setlist("id", [page_id for page_id in chosen if can_link_to_page(request.user, int(page_id))])
    request.GET = parameters
