from django.db import migrations

COLUMNS = ("folded_name", "folded_headline", "folded_about")


def add(apps, schema_editor):
    """A rare word is found by an index wherever it stands in a text; SQLite has none of the kind."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for column in COLUMNS:
        schema_editor.execute(
            f"CREATE INDEX profile_{column} ON profiles_profile USING gin ({column} gin_trgm_ops)", params=None
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for column in COLUMNS:
        schema_editor.execute(f"DROP INDEX profile_{column}", params=None)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_profiles_of_users")]
    operations = [migrations.RunPython(add, remove)]
