"""Operators and editors manage promoted results."""

from django.db import migrations

GROUPS = ("Operators", "Editors")
ACTIONS = ("add", "change", "delete")


def _permissions(apps):
    kind, _created = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="search", model="promotion"
    )
    permissions = apps.get_model("auth.Permission").objects
    return [
        permissions.get_or_create(
            content_type=kind, codename=f"{action}_promotion", defaults={"name": f"Can {action} promoted result"}
        )[0]
        for action in ACTIONS
    ]


def give(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("search", "0003_wagtail_search_indexes"), ("editorial", "0002_site_groups")]

    operations = [migrations.RunPython(give, take)]
