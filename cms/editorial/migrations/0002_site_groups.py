"""The groups of the site with their permissions on models. Those on pages and files are given by
`services.ensure_site_groups`, because pages do not exist yet when this runs."""

from django.db import migrations

ADMIN = [("wagtailadmin", "admin", "access_admin")]
TRANSLATE = [("wagtail_localize", "translation", "submit_translation")]


def _all(app, model, actions=("add", "change", "delete")):
    return [(app, model, f"{action}_{model}") for action in actions]


TERMS = [
    permission
    for model in ("sector", "skill", "organizationtype", "projectstatus")
    for permission in _all("taxonomy", model)
]
MENUS = _all("cms_core", "sitemenu")
TEXTS = [
    *[(app, model, codename) for app, model, codename in TERMS + MENUS if codename.startswith("change_")],
    *TRANSLATE,
]
EDITING = [*TERMS, *MENUS, *TRANSLATE, *_all("wagtailredirects", "redirect"), *_all("cms_core", "networksettings", ("change",))]
RUNNING = [
    *_all("accounts", "user"),
    *_all("auth", "group"),
    *_all("wagtailcore", "site"),
    *_all("wagtailcore", "locale"),
    *_all("wagtailcore", "collection"),
    *_all("wagtailcore", "workflow"),
    *_all("wagtailcore", "task"),
]
GROUPS = {
    "Operators": [*ADMIN, *EDITING, *RUNNING],
    "Moderators": ADMIN,
    "Editors": [*ADMIN, *EDITING],
    "Translators": [*ADMIN, *TEXTS],
}
# Wagtail's first migration makes these two; they are not ours to delete.
NOT_OURS = {"Moderators", "Editors"}


def _permission(apps, app, model, codename):
    """Permissions are otherwise made after all migrations have run."""
    kind, _created = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app, model=model)
    permission, _created = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return permission


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, permissions in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *permission) for permission in permissions))


def remove_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    Group.objects.filter(name__in=set(GROUPS) - NOT_OURS).delete()
    for group in Group.objects.filter(name__in=NOT_OURS):
        wanted = [_permission(apps, *permission) for permission in GROUPS[group.name] if permission not in ADMIN]
        group.permissions.remove(*wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_hub_editors_and_review_task"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("cms_core", "0001_initial"),
        ("taxonomy", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
