"""Which models public pages show. Every app names its own when it is ready."""

from django.db.models import Model

_shown: set[type[Model]] = set()


def shown_on_pages(*models: type[Model]) -> None:
    """Have kept pages drawn anew when a row of these models, or of one that inherits from them, is saved or deleted.

    Writes past `save()` (`update()`, `bulk_create()`) send no signal: who uses them calls `site_changed()`.
    """
    _shown.update(models)


def is_shown(instance: object) -> bool:
    """Return whether public pages show this row."""
    return isinstance(instance, tuple(_shown))
