"""Whatever editors do, in whatever order, the directory says what the pages say."""

import os
import uuid

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from wagtail.models import Page

from cms.directory.check import differences
from cms.directory.models import Entry, EntryText
from cms.directory.pages import EntryPage
from cms.hubs.models import HubPage
from cms.projects.models import ProjectHubLink, ProjectPage
from tests.factories.pages import build_tree, make_hub, make_organization, make_project, make_story, translate_page

# 25 × 20 steps: 500 in CI.
EXAMPLES = 25 if os.environ.get("CI") else 6
STEPS = 20


class Editors(RuleBasedStateMachine):
    """Random editors at work on one small site."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.tree = build_tree()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def pages(self, kind: type[Page] = Page) -> list[Page]:
        found = [page.specific for page in kind.objects.order_by("path")]
        return [page for page in found if isinstance(page, EntryPage)]

    def pick(self, number: int, kind: type[Page] = Page) -> Page:
        pages = self.pages(kind)
        return pages[number % len(pages)]

    def has_pages(self) -> bool:
        return Entry.objects.exists()

    def has_hubs(self) -> bool:
        return HubPage.objects.exists()

    @rule(publish=st.booleans())
    def create_hub(self, publish):
        make_hub(self.tree, publish=publish)

    @precondition(has_hubs)
    @rule(number=st.integers(0, 99))
    def create_hub_below(self, number):
        parent = self.pick(number, HubPage)
        if parent.locale.language_code == "en":
            make_hub(self.tree, parent=parent)

    @rule(publish=st.booleans())
    def create_organization(self, publish):
        make_organization(self.tree, publish=publish)

    @rule(publish=st.booleans(), number=st.integers(0, 99))
    def create_project(self, publish, number):
        hubs = (self.pick(number, HubPage),) if self.has_hubs() else ()
        make_project(self.tree, publish=publish, hubs=hubs)

    @rule()
    def create_story(self):
        make_story(self.tree)

    @precondition(has_pages)
    @rule(number=st.integers(0, 99))
    def publish(self, number):
        self.pick(number).save_revision().publish()

    @precondition(has_pages)
    @rule(number=st.integers(0, 99))
    def unpublish(self, number):
        self.pick(number).unpublish()

    @precondition(has_pages)
    @rule(number=st.integers(0, 99), publish=st.booleans())
    def rename(self, number, publish):
        page = self.pick(number)
        page.title = page.slug = f"renamed-{uuid.uuid4().hex[:8]}"
        revision = page.save_revision()
        if publish:
            revision.publish()

    @precondition(has_hubs)
    @rule(number=st.integers(0, 99), other=st.integers(0, 99))
    def move_hub(self, number, other):
        hub, target = self.pick(number, HubPage), self.pick(other, HubPage)
        if hub.locale_id == target.locale_id and not target.path.startswith(hub.path):
            hub.move(target, pos="last-child")

    @precondition(has_hubs)
    @rule(number=st.integers(0, 99), other=st.integers(0, 99))
    def link_project(self, number, other):
        if ProjectPage.objects.exists():
            project = self.pick(number, ProjectPage)
            project.hub_links = [ProjectHubLink(entry_id=self.pick(other, HubPage).translation_key)]
            project.save_revision().publish()

    @precondition(has_pages)
    @rule(number=st.integers(0, 99), publish=st.booleans())
    def translate(self, number, publish):
        page = self.pick(number)
        target = "de" if page.locale.language_code == "en" else "en"
        is_new = not Page.objects.filter(
            translation_key=page.translation_key, locale=self.tree.locales[target]
        ).exists()
        parent = page.get_parent()
        if is_new and parent.get_translations().filter(locale=self.tree.locales[target]).exists():
            translate_page(page, self.tree, target, publish=publish)

    @precondition(has_pages)
    @rule(number=st.integers(0, 99))
    def delete(self, number):
        self.pick(number).delete()

    @precondition(has_pages)
    @rule(kind=st.sampled_from(["project", "story", "hub"]))
    def rename_index(self, kind):
        index = type(self.tree.index(kind)).objects.get(pk=self.tree.index(kind).pk)
        index.slug = f"{kind}-{uuid.uuid4().hex[:6]}"
        index.save_revision().publish()

    @invariant()
    def directory_equals_pages(self):
        assert differences() == []
        connection.check_constraints()


@pytest.mark.django_db
def test_random_editors_leave_the_directory_equal_to_the_pages():
    run_state_machine_as_test(
        Editors,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=bool(os.environ.get("CI")),
        ),
    )


@pytest.mark.django_db
def test_without_the_sync_the_directory_would_differ(monkeypatch):
    """The check above can fail: with the guard off it does."""
    tree = build_tree()
    page = make_project(tree)
    monkeypatch.setattr("cms.directory.services.sync_entry", lambda _key: None)

    page.title = "Renamed"
    page.save_revision().publish()

    monkeypatch.undo()
    assert EntryText.objects.get().title != "Renamed"
    assert differences() != []
