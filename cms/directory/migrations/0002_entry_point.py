from django.db import migrations

from cms.places.migration_operations import AddPointColumn


class Migration(migrations.Migration):
    """PostGIS point of an entry, generated from its coordinates; nothing on SQLite."""

    dependencies = [("directory", "0001_initial"), ("places", "0002_point_and_outline_columns")]
    operations = [AddPointColumn("directory_entry")]
