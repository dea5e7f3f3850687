"""Run without the app: reads the project's page at every door, edits it, runs the checks, and writes what it found."""

import json
from collections.abc import Iterator

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from wagtail.admin.panels import InlinePanel  # noqa: E402
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield  # noqa: E402

from cms.projects.models import ProjectPage  # noqa: E402
from platform_apps.accounts.models import User  # noqa: E402


def inlines(*panels: object) -> Iterator[str]:
    """Yield the names of all inline forms of an edit page."""
    for panel in panels:
        if isinstance(panel, InlinePanel):
            yield panel.relation_name
        yield from inlines(*getattr(panel, "children", []))


setup_test_environment()
page = ProjectPage.objects.get(title="Balcony")
public, listed = Client().get(page.get_url()), Client().get("/en/projects/")
asked = Client().get(f"/api/v1/projects/{page.translation_key}/")

client = Client()
client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
form = client.get(f"/admin/pages/{page.pk}/edit/")
# What a browser sends: a choice that is no more cannot be selected.
fields = {
    "title": "Balconies",
    "slug": page.slug,
    "summary": page.summary,
    "attendance": page.attendance,
    "boost": 0,
    "action-publish": "1",
    "body": streamfield([("live", {"feature": "", "title": "Your turn"})]),
    "comments": inline_formset([]),
} | {name: inline_formset([]) for name in inlines(ProjectPage.get_edit_handler())}
saved = client.post(f"/admin/pages/{page.pk}/edit/", nested_form_data(fields))
page.refresh_from_db()

call_command("check")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("migrate", check_unapplied=True, verbosity=0)
call_command("check_directory")
found = {
    "codes": [public.status_code, listed.status_code, asked.status_code, form.status_code, saved.status_code],
    "html": public.content.decode(),
    "errors": saved.context["form"].errors.as_json() if saved.status_code == 200 else "",
    "title": page.title,
}
print(f"FOUND{json.dumps(found)}")  # noqa: T201
