from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path: Path) -> Path:
    """Keep the files of a test in a folder of its own, so that what is stored can be counted."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def no_cached_renditions() -> None:
    """Forget the renditions of the test before, whose pictures had the same ids."""
    caches["renditions"].clear()


@pytest.fixture
def editor(db: None):
    return get_user_model().objects.create_superuser("ada@groundswell.example", "a long enough password")


@pytest.fixture
def desk(editor) -> Client:
    """A browser in which an editor is signed in."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def stored(media_root: Path):
    """Return a function that lists the files in storage."""
    return lambda: [path for path in media_root.rglob("*") if path.is_file()]
