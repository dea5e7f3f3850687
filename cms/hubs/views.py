from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.core.themes import stylesheet

from .models import HubPage
from .themes import hub_properties


@require_safe
def theme(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return a hub's stylesheet: its colours by day and by night, its headline face.

    A hub that is not public has one for those who may edit it, for their previews.
    """
    hub = HubPage.objects.filter(translation_key=key).order_by("-live", "pk").first()
    if hub is None or not (hub.live or hub.permissions_for_user(request.user).can_edit()):
        raise Http404
    response = HttpResponse(_rule(hub), content_type="text/css")
    patch_cache_control(response, **({"public": True, "max_age": 300} if hub.live else {"no_store": True}))
    return response


@require_safe
@cache_control(public=True, max_age=300)
def themes(_request: HttpRequest) -> HttpResponse:
    """Return the rules of all public hubs, for the pages on which each hub's name stands in its own face."""
    hubs = {hub.translation_key: hub for hub in HubPage.objects.live().order_by("-pk")}
    return HttpResponse("".join(map(_rule, hubs.values())), content_type="text/css")


def _rule(hub: HubPage) -> str:
    properties = hub_properties((hub.accent_day, hub.accent_night), (hub.paper_day, hub.paper_night), hub.headline)
    return stylesheet(f'[data-hub="{hub.translation_key}"]', properties)
