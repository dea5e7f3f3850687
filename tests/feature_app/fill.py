"""Run with the app installed: makes a site with one project that uses it, and writes the project's page."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from cms.directory.authoring import add_page  # noqa: E402
from cms.projects.models import ProjectPage  # noqa: E402
from platform_apps.accounts.models import User  # noqa: E402
from tests.feature_app.models import Cheer  # noqa: E402
from tests.worlds import build_site  # noqa: E402

call_command("migrate", verbosity=0)
world = build_site()
page = ProjectPage(title="Balcony", summary="Sun.", body=[("live", {"feature": "cheering", "title": "Your turn"})])
add_page(parent=world.project_lists["en"], page=page, publish=True)
Cheer.objects.create(entry_id=page.translation_key)
User.objects.create_superuser("root@example.org", "correct horse battery")
print(Client().get(page.get_url()).content.decode())  # noqa: T201
