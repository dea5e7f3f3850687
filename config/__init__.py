"""Wiring: settings, url map, api map, asgi, wsgi and celery. The only code that knows every app."""

from .celery import celery_app

__all__ = ["celery_app"]
