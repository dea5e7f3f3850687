from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from wagtail.models import Page

from cms.exchange.columns import Sources
from cms.exchange.lookups import Lookups
from cms.exchange.pictures import PictureSource
from cms.exchange.plans import Options, candidates
from cms.exchange.readers import read_table
from cms.exchange.services import RowResult, import_rows
from tests.factories.directory import make_terms
from tests.factories.pages import Tree, build_tree, make_hub
from tests.factories.places import PlaceFactory


class _UndoError(Exception):
    """Rolls the site back when the module is done."""


@dataclass
class Site:
    """An empty site that rows can name things of: hubs, terms and places, but no organization and no project."""

    tree: Tree
    hub: Page
    terms: dict[str, Any]
    place: Any


@pytest.fixture(scope="module")
def built_site(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                tree = build_tree()
                hub = make_hub(tree, title="Berlin")
                place = PlaceFactory(name="Berlin", names={"de": "Berlin", "pl": "Berlin"}, population=3_000_000)
                yield Site(tree, hub, make_terms(), place)
                raise _UndoError
        except _UndoError:
            pass


@pytest.fixture
def site(db: None, built_site: Site) -> Site:
    return built_site


@pytest.fixture
def load(site: Site, tmp_path: Path) -> Callable[..., list[RowResult]]:
    """Return a function that imports the text or bytes of a file, by default a CSV of projects."""

    def run(data: str | bytes, *, name: str = "rows.csv", kind: str = "project", **options: Any) -> list[RowResult]:
        data = data.encode() if isinstance(data, str) else data
        rows = candidates(read_table(data, name), Options(kind, options.pop("language", django_settings.LANGUAGE_CODE)))
        sources = Sources(Lookups.load(), options.pop("pictures", PictureSource(tmp_path)))
        return sorted(import_rows(rows=rows, sources=sources, **options), key=lambda result: result.line)

    return run
