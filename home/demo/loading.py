"""Loads the demo step by step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import override
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale, Page, ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.core.models import SiteMenu
from cms.directory.models import Entry
from cms.editorial.services import ensure_site_groups, ensure_workflow
from cms.places.models import Place
from home.models import DemoLoad, HomePage

from . import entries, people, teams, tree, vocabulary
from .content import key_of, version

Report = Callable[[str], Any]


def is_loaded() -> bool:
    """Return whether this database holds this very version of the demo."""
    return DemoLoad.objects.filter(version=version()).exists()


def load(report: Report) -> None:
    """Load the whole demo into an installation, replacing an older version of it. Reports one line a step.

    Raises RuntimeError without the gazetteer: the demo's places are real ones.
    """
    if not Place.objects.exists():
        message = "Load the gazetteer first: manage.py load_gazetteer"
        raise RuntimeError(message)
    with override("en"):
        _remove()
        # Kept up to date save by save, Wagtail's two indexes would cost a third of the whole.
        with disable_reference_index_auto_update(), _search_index_waits():
            _load(report)
        with _step(report, "References and search index"):
            _index_references()
            _index_for_search()
    DemoLoad.objects.all().delete()
    DemoLoad.objects.create(version=version())


def _remove() -> None:
    """Take an older version of the demo away, all languages of it."""
    homes = HomePage.objects.filter(translation_key=key_of("page", "home"))
    Site.objects.filter(root_page__in=homes).delete()
    for home in homes:
        home.delete()


def _load(report: Report) -> None:
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in entries.LANGUAGES}
    author = people.load_author()
    with _step(report, "Words to sort by"):
        vocabulary.load(locales)
    with _step(report, "Home and index pages"):
        home = tree.load_home(locales, author)
        indexes = tree.load_indexes(home, locales, author)
        world = entries.World(locales, indexes, author)
        ensure_site_groups()
        ensure_workflow()
    for name, loader in (
        ("Hubs", entries.load_hubs),
        ("Organizations", entries.load_organizations),
        ("Projects", entries.load_projects),
        ("Stories", entries.load_stories),
    ):
        with _step(report, name):
            loader(world)
    with _step(report, "Content pages and menus"):
        tree.load_content_pages(home, world.call_page(), locales, author)
        tree.load_menus(locales, indexes)
        lead = Entry.objects.published().of_kind("story").order_by("-start_date", "pk").first()
        HomePage.objects.filter(translation_key=home.translation_key).update(lead=lead)
    with _step(report, "People"):
        people.load_people()
    with _step(report, "Teams"):
        teams.load_teams()


def _index_references() -> None:
    for page in Page.objects.specific().iterator():
        ReferenceIndex.create_or_update_for_object(page)
    for menu in SiteMenu.objects.all():
        ReferenceIndex.create_or_update_for_object(menu)


@contextmanager
def _search_index_waits() -> Iterator[None]:
    models = [model for model in get_indexed_models() if issubclass(model, Page)]
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)


def _index_for_search() -> None:
    backend = get_search_backend()
    for model in get_indexed_models():
        if issubclass(model, Page):
            backend.add_bulk(model, model.get_indexed_objects())


@contextmanager
def _step(report: Report, name: str) -> Iterator[None]:
    report(f"{name} …")
    with transaction.atomic():
        yield
