"""Every address of the site, from the resolver: with what exists behind it, and with what nobody should send."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from wagtail.models import Page

from cms.sharing.codes import short_code
from platform_apps.memberships.tokens import token_of
from tests.config.things import Things

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# What stands in a path where a regular expression does; a route that is not here has no sample and fails the sweep.
WRITTEN_OUT = {
    "wagtaildocs_serve": "<int:document_id>/<path:filename>",
    "revisions_compare": "<int:page_id>/revisions/compare/<int:revision_id>...<str:revision_word>/",
    "account_reset_password_from_key": "password/reset/key/<str:uidb36>-<str:key>/",
    "wagtail_serve": "<path:page_path>",
    r"^(?P<provider_id>[^/]+)/": "<str:provider_id>/",
    "^.*/$": "no-such-view/",
    r"^[\s\S]*$": "no-such-address/",
}
MISSING = {"int": "987654", "uuid": "00000000-0000-4000-8000-000000000000", "slug": "no-such-thing"}
HUGE = "9" * 30
HOSTILE = {
    "int": ["0", "2147483648", "9223372036854775808", HUGE, "9" * 5000],
    "uuid": ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    "slug": ["-", "_", "x" * 3000, "0", "ſ", "__proto__"],
    "str": [
        "0", "-1", HUGE, "%00", "%C0%AF", "%ff", "x" * 3000, "'%22%3E", "..%2f..%2fetc%2fpasswd", "%F0%9F%A6%9C",
        "%25s%7B%7D", "nan", "None", "%20", "%D9%A3", "auth.user", "wagtailcore.page",
    ],
}  # fmt: skip
HOSTILE["path"] = [*HOSTILE["str"], "../../etc/passwd", "a//b///", "x/" * 500]


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver: its path with <kind:name> where arguments stand."""

    template: str
    name: str
    model: type[Model] | None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        return [(kind or "str", name) for kind, name in PARAMETER.findall(self.template)]

    def address(self, values: dict[str, str]) -> str:
        """Fill the path; values are written as they stand in an address."""
        return "/" + PARAMETER.sub(lambda match: values[match[2]], self.template)


def routes() -> list[Route]:
    """Return every route, without doubles (the methods of one address are routes of their own in Wagtail's API)."""
    return list(dict.fromkeys(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, prefix + _text(pattern))
        else:
            yield Route(prefix + _text(pattern), pattern.name or "", _model_of(pattern.callback))


def _text(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if not isinstance(pattern.pattern, RegexPattern):
        return text
    plain = text.removeprefix("^").removesuffix("$")
    if not re.search(r"[()\\\[\]+*?]", plain):
        return plain
    return WRITTEN_OUT[getattr(pattern, "name", "") or text]


def _model_of(view: Any) -> type[Model] | None:
    declared = getattr(view, "view_initkwargs", {}).get("model") or getattr(
        getattr(view, "view_class", None), "model", None
    )
    if isinstance(declared, str):
        return apps.get_model(declared)
    return declared if isinstance(declared, type) and issubclass(declared, Model) else None


def existing(route: Route, things: Things) -> dict[str, str]:
    """Return what exists, for each argument of a route. Raises KeyError for an argument that is not known here."""
    known = _known(things)
    if route.template.startswith("admin/forms/"):
        known["page_id"] = things.pages["contact"].pk
    if "/images/" in route.template:
        known["pk"] = things.files["image"].pk
    if "/documents/" in route.template:
        known["pk"] = things.files["document"].pk
    if "<slug:content_type_app_name>" in route.template or "pages/create/" in route.template:
        known |= {"app_label": "projects", "model_name": "projectpage"}
        known["parent_page_id"] = things.world.project_lists["en"].pk
    if route.template.startswith(("admin/settings/", "admin/tag-autocomplete/")):
        known |= {"app_name": "cms_core", "model_name": "networksettings", "pk": things.world.site.pk}
    if "tasks/add/" in route.template:
        known |= {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
    if route.template.startswith(("admin/bulk/", "admin/editing-sessions/")):
        known |= {"app_label": "wagtailcore", "model_name": "page"}
    if route.model is not None and route.model is not Page:
        first = route.model._default_manager.order_by("pk").first()
        known["pk"] = getattr(first, "uuid", first.pk) if "<uuid:" in route.template else first.pk
    if "invitations/<str:token>" in route.template:
        known["token"] = token_of(things.work["invitation"].pk)
    known |= _named_by_id(route, things)
    return {name: quote(str(known[name]), safe="/.") for _kind, name in route.parameters}


def _named_by_id(route: Route, things: Things) -> dict[str, Any]:
    if "people/" in route.template:
        return {"id": things.world.users["editor"].uuid}
    for name in ("membership", "invitation"):
        if route.template.startswith(f"api/v1/{name}s/"):
            return {"id": things.work[name].pk}
    return {}


def _known(things: Things) -> dict[str, Any]:
    page, work, files = things.pages["in_review"], things.work, things.files
    task_state = work["state"].current_task_state
    sector = apps.get_model("taxonomy.sector").objects.order_by("pk").first()
    return {
        # What has a UUID in its address is an entry, but for a few parts of the API.
        "id": things.world.pages["live_a"].translation_key,
        "page_id": page.pk,
        "page_pk": page.pk,
        "parent_page_id": things.world.project_lists["en"].pk,
        "page_to_move_id": page.pk,
        "destination_id": things.world.project_lists["de"].pk,
        "page_path": "en/projects/",
        "pk": sector.pk if sector else 1,
        "revision_id": page.latest_revision_id,
        "revision_word": "latest",
        "action_name": "approve",
        "action": "delete",
        "task_state_id": task_state.pk,
        "task_id": task_state.task_id,
        "workflow_pk": work["state"].workflow_id,
        "workflow_state_id": work["state"].pk,
        "collection_id": files["collection"].pk,
        "content_type_app_name": "projects",
        "content_type_model_name": "projectpage",
        "app_label": "taxonomy",
        "app_name": "media",
        "model_name": "sector",
        "type": "taxonomy.Sector",
        "type_name": "projects.ProjectPage",
        "object_id": work["session"].object_id,
        "session_id": work["session"].pk,
        "translation_source_id": work["source"].pk,
        "translation_id": work["translation"].pk,
        "string_segment_id": work["string"].pk,
        "overridable_segment_id": work["override"].pk,
        "mode": "default",
        "run_id": work["import"].pk,
        "redirect_id": work["redirect"].pk,
        "site_id": things.world.site.pk,
        "document_id": files["document"].pk,
        "doc_id": files["document"].pk,
        "filename": files["document"].filename,
        "uploaded_file_id": files["upload"].pk,
        "image_id": files["image"].pk,
        "filter_spec": "width-100",
        "restriction_id": work["collection_restriction"].pk,
        "page_view_restriction_id": work["restriction"].pk,
        "provider_id": "oidc",
        "uidb64": "MQ",
        "uidb36": "1",
        "token": "set-password",
        "key": things.world.hub_a["en"].translation_key,
        "language": "en",
        "scope": "hub",
        "hash": "0" * 32,
        "code": short_code(page.translation_key),
        "number": 1,
        "hue": "energy",
        "seed": "some-title",
        "path": "original_images/nothing.png",
        "rest": "nothing/",
    }


def hostile(route: Route, things: Things) -> Iterator[str]:
    """Yield addresses of the route with one argument after the other missing or hostile, the others being real."""
    real = existing(route, things)
    for kind, name in route.parameters:
        wrong = [MISSING[kind]] if kind in MISSING else []
        for value in [*wrong, *HOSTILE.get(kind, HOSTILE["str"])]:
            yield route.address(real | {name: value})
