from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from cms.directory.authoring import submit_page
from cms.directory.enums import State
from cms.directory.models import Entry
from cms.editorial.enums import WORKFLOW_NAME
from cms.editorial.models import HubReviewTask
from cms.editorial.permissions import reviewers
from tests.worlds import SOURCE, TARGET, World

pytestmark = pytest.mark.django_db


def decide(client: Any, page: Page, action: str, **data: Any) -> Any:
    state = TaskState.objects.for_instance(page).latest("pk")
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, data)


def test_the_workflow_is_in_charge_of_every_language(world: World):
    for page in (world.pages["draft_a"], world.hub_a[SOURCE], world.hub_a[TARGET], world.project_lists[TARGET]):
        assert page.get_workflow().name == WORKFLOW_NAME
    assert HubReviewTask.objects.count() == 1


@pytest.mark.parametrize("role", ["editor_a", "editor_b", "editor", "operator"])
def test_an_approved_page_is_public(world: World, visit: Any, role: str):
    page = world.pages["draft_both"]
    submit_page(page=page, author=world.users["outsider"])
    assert Entry.objects.get(pk=page.translation_key).state == State.IN_REVIEW
    decide(visit(role), page, "approve")
    assert Page.objects.get(pk=page.pk).live
    assert Entry.objects.get(pk=page.translation_key).state == State.PUBLISHED


@pytest.mark.parametrize("role", ["outsider", "translator", "moderator", "former_editor", "inactive", None])
def test_nobody_else_decides(world: World, visit: Any, role: str | None):
    page = world.pages["draft_both"]
    submit_page(page=page, author=world.users["operator"])
    response = decide(visit(role), page, "approve")
    assert response.status_code in {302, 403, 404}
    assert not Page.objects.get(pk=page.pk).live


def test_the_other_hub_has_no_say(world: World, visit: Any):
    page = world.pages["draft_b"]
    submit_page(page=page, author=world.users["editor_b"])
    decide(visit("editor_a"), page, "approve")
    assert not Page.objects.get(pk=page.pk).live


def test_nobody_approves_their_own(world: World, visit: Any):
    page = world.pages["draft_both"]
    submit_page(page=page, author=world.users["editor_a"])
    decide(visit("editor_a"), page, "approve")
    assert not Page.objects.get(pk=page.pk).live
    assert page.current_workflow_task.specific.locked_for_user(page, world.users["editor_a"])


def test_site_editors_may_approve_their_own(world: World, visit: Any):
    page = world.pages["draft_both"]
    submit_page(page=page, author=world.users["editor"])
    decide(visit("editor"), page, "approve")
    assert Page.objects.get(pk=page.pk).live


def test_a_hubs_own_changes_are_reviewed_by_its_editors(world: World, visit: Any):
    hub = Page.objects.get(pk=world.hub_a[SOURCE].pk).specific
    hub.summary = "Newer words."
    hub.save_revision()
    submit_page(page=hub, author=world.users["translator"])
    decide(visit("editor_b"), hub, "approve")
    assert Page.objects.get(pk=hub.pk).specific.summary != "Newer words."
    decide(visit("editor_a"), hub, "approve")
    assert Page.objects.get(pk=hub.pk).specific.summary == "Newer words."


def test_reviewers_get_a_mail_and_the_author_the_answer(world: World, visit: Any):
    page = world.pages["draft_both"]
    submit_page(page=page, author=world.users["editor_a"])
    told = {address for message in mail.outbox for address in message.to}
    assert told == {f"{role}@example.org" for role in ("editor_b", "editor", "operator")}
    mail.outbox.clear()
    decide(visit("editor_b"), page, "reject", comment="Please name the street.")
    assert [message.to for message in mail.outbox] == [["editor_a@example.org"]]
    assert "Please name the street." in mail.outbox[0].body
    assert TaskState.objects.for_instance(page).get().comment == "Please name the street."
    assert WorkflowState.objects.for_instance(page).get().status == WorkflowState.STATUS_NEEDS_CHANGES


def test_those_told_are_those_who_may_decide(world: World):
    names = {person.email.partition("@")[0] for person in reviewers(world.pages["draft_b"])}
    assert names == {"editor_b", "editor", "operator"}


def test_what_waits_for_me_takes_the_same_queries_for_many(world: World, user: Any, django_assert_max_num_queries: Any):
    submit_page(page=world.pages["draft_b"], author=world.users["outsider"])
    submit_page(page=world.pages["draft_both"], author=world.users["outsider"])
    submit_page(page=world.pages["story_b"], author=world.users["outsider"])
    with django_assert_max_num_queries(12):
        assert len(TaskState.objects.reviewable_by(user("editor_b"))) == 3
