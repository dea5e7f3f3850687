"""Who may do what in the admin: role by role, address by address; no draft of one hub shows to another."""

import json
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from cms.directory.authoring import submit_page
from cms.editorial.permissions import can_review
from tests.worlds import ROLES, SOURCE, TARGET, World

pytestmark = pytest.mark.django_db

FULL = {"editor", "operator"}
# May see B's drafts in the admin, with a reason each.
SEES_B = FULL | {"editor_b", "translator", "moderator"}
REFUSED = {302, 403, 404}
SECRETS = ("Project draft_b secret", "Story b secret", "Content b secret", "Project live_b new secret")


def page_addresses(page: Page) -> dict[str, str]:
    """Every view of the admin that names one page."""
    pk, revision = page.pk, page.latest_revision_id
    model = page.specific_class._meta
    return {
        "edit": reverse("wagtailadmin_pages:edit", args=[pk]),
        "explore": reverse("wagtailadmin_explore", args=[pk]),
        "explore_results": reverse("wagtailadmin_explore_results", args=[pk]),
        "history": reverse("wagtailadmin_pages:history", args=[pk]),
        "history_results": reverse("wagtailadmin_pages:history_results", args=[pk]),
        "compare": reverse("wagtailadmin_pages:revisions_compare", args=[pk, "earliest", revision]),
        "revision": reverse("wagtailadmin_pages:revisions_view", args=[pk, revision]),
        "revert": reverse("wagtailadmin_pages:revisions_revert", args=[pk, revision]),
        "unschedule": reverse("wagtailadmin_pages:revisions_unschedule", args=[pk, revision]),
        "view_draft": reverse("wagtailadmin_pages:view_draft", args=[pk]),
        "preview": reverse("wagtailadmin_pages:preview_on_edit", args=[pk]),
        "copy": reverse("wagtailadmin_pages:copy", args=[pk]),
        "move": reverse("wagtailadmin_pages:move", args=[pk]),
        "usage": reverse("wagtailadmin_pages:usage", args=[pk]),
        "unpublish": reverse("wagtailadmin_pages:unpublish", args=[pk]),
        "delete": reverse("wagtailadmin_pages:delete", args=[pk]),
        "privacy": reverse("wagtailadmin_pages:set_privacy", args=[pk]),
        "lock": reverse("wagtailadmin_pages:lock", args=[pk]),
        "unlock": reverse("wagtailadmin_pages:unlock", args=[pk]),
        "add_subpage": reverse("wagtailadmin_pages:add_subpage", args=[pk]),
        "convert_alias": reverse("wagtailadmin_pages:convert_alias", args=[pk]),
        "workflow_history": reverse("wagtailadmin_pages:workflow_history", args=[pk]),
        "workflow_cancel": reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[pk]),
        "workflow_action": reverse("wagtailadmin_pages:workflow_action", args=[pk, "approve", 1]),
        "workflow_preview": reverse("wagtailadmin_pages:workflow_preview", args=[pk, 1]),
        "translate": reverse("wagtail_localize:submit_page_translation", args=[pk]),
        "convert_to_alias": reverse("wagtail_localize:convert_to_alias", args=[pk]),
        "choose_below": reverse("wagtailadmin_choose_page_child", args=[pk]),
        "admin_api": f"/admin/api/main/pages/{pk}/",
        "admin_api_copy": f"/admin/api/main/pages/{pk}/action/copy/",
        "content_api": f"/api/cms/v3/pages/{pk}/?version=draft",
        "content_api_revisions": f"/api/cms/v3/pages/{pk}/revisions/",
        "bulk_publish": f"/admin/bulk/wagtailcore/page/publish/?id={pk}",
        "bulk_delete": f"/admin/bulk/wagtailcore/page/delete/?id={pk}",
        "bulk_move": f"/admin/bulk/wagtailcore/page/move/?id={pk}",
        "bulk_unpublish": f"/admin/bulk/wagtailcore/page/unpublish/?id={pk}",
        "set_position": reverse("wagtailadmin_pages:set_page_position", args=[pk]),
        "chosen": reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={pk}",
        "entry_chosen": reverse("entry_chooser:chosen", args=[page.translation_key]),
        "entries_chosen": reverse("entry_chooser:chosen_multiple") + f"?id={page.translation_key}",
        "type_use": reverse("wagtailadmin_pages:type_use", args=[model.app_label, model.model_name]),
    }


LISTS = {
    "home": "/admin/",
    "explorer": "/admin/pages/",
    "search": "/admin/pages/search/?q=secret",
    "search_results": "/admin/pages/search/results/?q=secret",
    "whole_tree": "/admin/pages/?search_all=1&q=secret",
    "page_chooser_search": "/admin/choose-page/search/?q=secret",
    "entry_chooser": "/admin/entry_chooser/",
    "entry_chooser_results": "/admin/entry_chooser/results/?q=secret",
    "admin_api": "/admin/api/main/pages/",
    "content_api": "/api/cms/v3/pages/",
    "site_history": "/admin/reports/site-history/",
    "workflow": "/admin/reports/workflow/",
    "workflow_tasks": "/admin/reports/workflow_tasks/",
    "aging": "/admin/reports/aging-pages/",
    "locked": "/admin/reports/locked/",
    "types": "/admin/reports/page-types-usage/",
    "translations": "/admin/localize/reports/translations/",
    "bulk_everything": "/admin/bulk/wagtailcore/page/publish/?id=all&childOf={projects}",
    "explore_projects": "/admin/pages/{projects}/",
    "choose_projects": "/admin/choose-page/{projects}/",
    "forms": "/admin/forms/",
}


def secrets_in(response: Any, secrets: tuple[str, ...] = SECRETS) -> list[str]:
    body = b"".join(response) if response.streaming else response.content
    text = body.decode(errors="replace")
    return [secret for secret in secrets if secret in text]


def drafts_of_b(world: World) -> list[Page]:
    names = ("draft_b", "story_b", "content_b", "live_b")
    return [world.pages[name] for name in names]


@pytest.mark.parametrize("role", [None, *sorted(set(ROLES) - SEES_B)])
def test_no_address_of_a_page_tells_strangers_of_a_draft(world: World, visit: Any, role: str | None):
    client = visit(role)
    for page in drafts_of_b(world):
        for name, address in page_addresses(page).items():
            for method in ("get", "post"):
                response = getattr(client, method)(address)
                assert response.status_code < 500, (name, method)
                assert not secrets_in(response), (role, name, method, response.status_code)
                if name in {"edit", "history", "compare", "revision", "view_draft", "delete", "copy", "move", "lock"}:
                    assert response.status_code in REFUSED, (role, name, method)
    for page in drafts_of_b(world):
        page.refresh_from_db()
        assert not page.locked


@pytest.mark.parametrize("role", [None, *sorted(set(ROLES) - SEES_B)])
@pytest.mark.parametrize("name", LISTS)
def test_no_list_tells_strangers_of_a_draft(world: World, visit: Any, role: str | None, name: str):
    submit_page(page=world.pages["draft_b"], author=world.users["editor_b"])
    address = LISTS[name].format(projects=world.project_lists[SOURCE].pk)
    response = visit(role).get(address, follow=True)
    assert response.status_code < 500
    assert not secrets_in(response), (role, name)


@pytest.mark.parametrize("name", ["explore_projects", "choose_projects", "site_history"])
def test_those_who_may_do_see_the_drafts(world: World, visit: Any, name: str):
    address = LISTS[name].format(projects=world.project_lists[SOURCE].pk)
    assert secrets_in(visit("editor_b").get(address), ("draft_b secret",)), name


def test_a_hub_editor_finds_linked_pages_in_the_explorer(world: World, visit: Any):
    response = visit("editor_a").get(f"/admin/pages/{world.project_lists[SOURCE].pk}/")
    assert secrets_in(response, ("Project draft_a secret", "Project draft_both secret", "Project live_a")) != []
    assert not secrets_in(response, ("Project draft_b secret", "Project live_b"))


# What a role may do: with drafts linked to A, to B and to both, with the hubs, and with content pages below them.
DRAFTS, BELOW, HUBS = ("draft_a", "draft_b", "draft_both"), ("content_a", "content_b"), ("hub_a", "hub_b")
WORK, ALL = "edit publish lock", "edit publish lock delete move"
MATRIX = {
    "outsider": {},
    "former_editor": {},
    "inactive": {},
    "editor_a": {"draft_both": WORK, "draft_a": WORK, "hub_a": f"{WORK} add", "content_a": f"{ALL} add"},
    "editor_b": {"draft_both": WORK, "draft_b": WORK, "hub_b": f"{WORK} add", "content_b": f"{ALL} add"},
    "translator": dict.fromkeys((*DRAFTS, *BELOW), "edit delete move") | dict.fromkeys(HUBS, "edit"),
    "moderator": dict.fromkeys((*DRAFTS, *BELOW, *HUBS), "publish lock"),
    "editor": dict.fromkeys(DRAFTS, ALL) | dict.fromkeys((*BELOW, *HUBS), f"{ALL} add"),
    "operator": dict.fromkeys(DRAFTS, ALL) | dict.fromkeys((*BELOW, *HUBS), f"{ALL} add"),
}
CHECKS = {
    "edit": "can_edit",
    "publish": "can_publish",
    "lock": "can_lock",
    "delete": "can_delete",
    "move": "can_move",
    "add": "can_add_subpage",
}


@pytest.mark.parametrize("role", ROLES)
def test_permissions_of_each_role(world: World, user: Any, role: str):
    pages = world.pages | {"hub_a": world.hub_a[SOURCE], "hub_b": world.hub_b[SOURCE]}
    person = user(role)
    for name in ("draft_a", "draft_b", "draft_both", "content_a", "content_b", "hub_a", "hub_b"):
        tester = Page.objects.get(pk=pages[name].pk).permissions_for_user(person)
        # Wagtail's own tester fails when asked about the locks of somebody who is switched off.
        checks = {action: check for action, check in CHECKS.items() if action != "lock" or person.is_active}
        may = {action for action, check in checks.items() if getattr(tester, check)()}
        assert may == set(MATRIX[role].get(name, "").split()), (role, name)


@pytest.mark.parametrize("role", ROLES)
def test_hub_rights_hold_in_every_language(world: World, user: Any, role: str):
    tester = Page.objects.get(pk=world.hub_b[TARGET].pk).permissions_for_user(user(role))
    assert tester.can_edit() is ("edit" in MATRIX[role].get("hub_b", ""))


@pytest.mark.parametrize(("role", "status"), [("outsider", 403), ("former_editor", 403), ("inactive", 302), (None, 302),
                                              ("editor_a", 200), ("translator", 200), ("moderator", 200)])  # fmt: skip
def test_who_gets_into_the_admin(world: World, visit: Any, role: str | None, status: int):
    assert visit(role).get("/admin/").status_code == status


def test_the_snippet_translation_view_is_closed_to_hub_editors(world: World, visit: Any):
    address = reverse("wagtail_localize:submit_snippet_translation", args=["cms_core", "sitemenu", 1])
    assert visit("editor_a").get(address, follow=True).status_code == 404


def test_hub_editors_add_to_lists_but_not_to_the_list_of_hubs(world: World, user: Any):
    person = user("editor_a")
    assert world.project_lists[SOURCE].permissions_for_user(person).can_add_subpage()
    assert not world.project_lists[SOURCE].permissions_for_user(person).can_edit()
    assert not world.hub_lists[SOURCE].permissions_for_user(person).can_add_subpage()
    assert not world.homes[SOURCE].permissions_for_user(person).can_edit()


def test_the_entry_chooser_offers_public_entries_and_own_drafts(world: World, visit: Any):
    address = reverse("entry_chooser:choose") + "?q=Project"
    text = json.loads(visit("editor_a").get(address).content)["html"]
    assert "Project live_b" in text
    assert "Project draft_a secret" in text
    assert "draft_b secret" not in text


def test_reviews_are_for_those_who_may_edit_and_publish(world: World, user: Any):
    submit_page(page=world.pages["draft_both"], author=world.users["editor_a"])
    page = Page.objects.get(pk=world.pages["draft_both"].pk).specific
    allowed = {role for role in ROLES if can_review(user(role), page)}
    assert allowed == {"editor_b", "editor", "operator"}
    listed = {role for role in ROLES if TaskState.objects.reviewable_by(user(role)).exists()}
    assert listed == allowed
