"""Entries that were public before changes were noted count as changed when their row was last written."""

from django.db import migrations

BATCH = 500


def note(apps, schema_editor):
    entries = apps.get_model("directory", "Entry").objects.filter(state="published")
    change = apps.get_model("directory", "EntryChange")
    rows = entries.values_list("pk", "kind", "updated_at").iterator(chunk_size=BATCH)
    change.objects.bulk_create(
        (change(id=key, kind=kind, changed_at=updated_at, number=0) for key, kind, updated_at in rows),
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_entry_change")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
