from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from cms.core import tasks
from config.celery import celery_app
from tests.factories.pages import build_tree, make_project

pytestmark = pytest.mark.django_db


def test_a_scheduled_page_is_published_when_its_time_has_come():
    page = make_project(build_tree(), publish=False)
    revision = page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    assert revision.approved_go_live_at

    tasks.publish_scheduled()

    page.refresh_from_db()
    assert page.live


def test_old_sessions_are_forgotten():
    for days in (-1, 1):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(days=days))
        session.save()

    tasks.forget_old_sessions()

    assert Session.objects.count() == 1


def test_every_scheduled_task_exists():
    celery_app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= celery_app.tasks.keys()
