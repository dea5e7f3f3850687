from django.db import migrations

from cms.places.migration_operations import AddBoundaryColumn, AddPointColumn


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [AddPointColumn("places_place"), AddBoundaryColumn("places_place")]
