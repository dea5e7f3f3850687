from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.directory.authoring import add_page
from cms.hubs.models import HubPage
from tests.worlds import SOURCE, TARGET, World, translate

pytestmark = pytest.mark.django_db


def path_of(page: Page) -> str:
    return Page.objects.get(pk=page.pk).get_url(RequestFactory().get("/"))


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """Return a context in which what waits for the commit is done at its end; Wagtail writes redirects then."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def both(world: World) -> dict[str, Any]:
    source = world.pages["live_a"]
    return {SOURCE: source, TARGET: translate(source)}


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_a_renamed_page_leads_on_from_its_old_address(
    world: World, both: Any, client: Any, committed: Any, language: str
):
    page = Page.objects.get(pk=both[language].pk).specific
    old = path_of(page)
    page.slug = "renamed"
    with committed():
        page.save_revision().publish()
    new = path_of(page)
    assert new != old
    response = client.get(old)
    assert (response.status_code, response.headers.get("Location")) == (301, new)


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_what_lies_below_a_renamed_page_leads_on_too(
    world: World, both: Any, client: Any, committed: Any, language: str
):
    old = path_of(both[language])
    above = Page.objects.get(pk=world.project_lists[language].pk).specific
    above.slug = "other-list"
    with committed():
        above.save_revision().publish()
    response = client.get(old)
    assert (response.status_code, response.headers.get("Location")) == (301, path_of(both[language]))


def test_a_moved_hub_leads_on_in_every_language(world: World, client: Any, committed: Any):
    parent = {SOURCE: world.hub_a[SOURCE], TARGET: world.hub_a[TARGET]}
    hub = add_page(parent=world.hub_lists[SOURCE], page=HubPage(title="Quarter", summary="x."), publish=True)
    pages = {SOURCE: hub, TARGET: translate(hub)}
    for language, page in pages.items():
        old = path_of(page)
        with committed():
            Page.objects.get(pk=page.pk).specific.move(Page.objects.get(pk=parent[language].pk), pos="last-child")
        response = client.get(old)
        assert (response.status_code, response.headers.get("Location")) == (301, path_of(page)), language


def test_a_draft_that_is_renamed_leaves_no_redirect(world: World, committed: Any):
    page = world.pages["draft_a"]
    page.slug = "draft-renamed"
    with committed():
        page.save_revision()
    assert not Redirect.objects.filter(redirect_page=page).exists()
