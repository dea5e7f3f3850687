"""Many people adding pages below one index at the same moment. Needs a database with real concurrency."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import close_old_connections, connections
from wagtail.models import Page

from cms.directory import authoring
from cms.directory import pages as directory_pages
from cms.directory.models import Entry
from cms.projects.models import ProjectIndexPage, ProjectPage
from tests.factories.pages import build_tree

PEOPLE = 50
pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def _submit_together(index: Page, people: int) -> list[Exception]:
    start = threading.Barrier(people)

    def submit(number: int) -> Exception | None:
        close_old_connections()
        try:
            parent = ProjectIndexPage.objects.get(pk=index.pk)
            start.wait(timeout=60)
            page = ProjectPage(title="The same title", summary=f"From person {number}.")
            authoring.add_page(parent=parent, page=page)
        except Exception as error:  # noqa: BLE001 (the test counts whatever went wrong)
            return error
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(people) as pool:
        return [error for error in pool.map(submit, range(people)) if error]


def _fixtree() -> str:
    out = StringIO()
    call_command("fixtree", interactive=False, stdout=out)
    return out.getvalue()


@contextmanager
def _no_lock(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(authoring, "lock_children", lambda _parent: None)
        patch.setattr(directory_pages, "lock_children", lambda _parent: None)
        yield


def test_fifty_at_once_make_fifty_pages_in_a_sound_tree():
    index = build_tree().index("project")

    errors = _submit_together(index, PEOPLE)

    assert errors == []
    assert ProjectPage.objects.count() == PEOPLE
    assert Entry.objects.count() == PEOPLE
    assert len(set(ProjectPage.objects.values_list("slug", flat=True))) == PEOPLE
    assert "No problems found" in _fixtree()


def test_without_the_lock_they_collide(monkeypatch):
    """The negative control: it is the lock that makes the test above pass."""
    index = build_tree().index("project")

    with _no_lock(monkeypatch):
        errors = _submit_together(index, 20)

    assert errors or ProjectPage.objects.count() < 20 or "No problems found" not in _fixtree()
