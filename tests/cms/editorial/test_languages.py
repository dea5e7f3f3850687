from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.core.models import SiteMenu
from cms.editorial.models import HubEditors
from tests.worlds import SOURCE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def french(settings: Any) -> None:
    """Django and Wagtail forget their lists of languages when these settings change."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]


@pytest.fixture
def opened(world: World, french: None, django_capture_on_commit_callbacks: Any) -> str:
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("add_language", "fr", stdout=out)
    return out.getvalue()


def test_a_third_language_answers_everywhere(world: World, opened: str, client: Any):
    pages = Page.objects.filter(locale__language_code="fr")
    assert pages.count() == 5
    assert all(page.live for page in pages)
    for page in pages:
        address = page.specific.get_url()
        assert address.startswith("/fr/")
        assert client.get(address).status_code == 200, address
    assert SiteMenu.objects.filter(locale__language_code="fr").exists()
    assert "5" in opened or "6" in opened


def test_its_words_are_the_sources_until_translated(world: World, opened: str):
    french = Locale.objects.get(language_code="fr")
    page = world.project_lists[SOURCE].get_translation(french)
    assert page.title == world.project_lists[SOURCE].title
    assert Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=french, enabled=True
    ).exists()


def test_it_is_set_up_like_the_others(world: World, opened: str):
    french = Locale.objects.get(language_code="fr")
    home = world.homes[SOURCE].get_translation(french)
    assert home.get_workflow() is not None
    group = HubEditors.objects.get(hub_id=world.hub_a[SOURCE].translation_key).group
    projects = world.project_lists[SOURCE].get_translation(french)
    assert group.page_permissions.filter(page=projects, permission__codename="add_page").exists()


def test_running_it_again_makes_nothing(opened: str):
    before = Page.objects.count()
    out = StringIO()
    call_command("add_language", "fr", stdout=out)
    assert "0 made" in out.getvalue()
    assert Page.objects.count() == before


def test_no_migration_is_missing(french: None):
    call_command(
        "makemigrations", "editorial", "directory", "hubs", "pages", "home", check=True, dry_run=True, verbosity=0
    )


def test_a_language_that_the_settings_do_not_know_is_refused(world: World):
    with pytest.raises(CommandError, match="LANGUAGES"):
        call_command("add_language", "xx")
    assert not Locale.objects.filter(language_code="xx").exists()
