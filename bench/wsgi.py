"""The product's own application, and beside it in the same process what it is compared with."""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from config.wsgi import application as product  # first: it loads the apps

from . import raw  # isort: skip

# An empty view as fast as Django can be: no middleware at all.
with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()

DOORS = {"/bench/raw/": raw.application, "/bench/bare/": bare}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Answer by the product, unless one of the others is asked for."""
    return DOORS.get(environ["PATH_INFO"], product)(environ, start_response)
