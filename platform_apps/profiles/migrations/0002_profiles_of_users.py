from django.conf import settings
from django.db import migrations

from cms.places.names import folded


def make_profiles(apps, schema_editor):
    """Everybody who has an account has a profile, in which nothing is public."""
    User = apps.get_model("accounts", "User")
    Profile = apps.get_model("profiles", "Profile")
    missing = User.objects.filter(profile=None).only("pk", "uuid", "first_name", "last_name", "date_joined")
    made = []
    for user in missing.iterator(chunk_size=2_000):
        name = folded(f"{user.first_name} {user.last_name}")[:400]
        made.append(Profile(id=user.uuid, user=user, folded_name=name, created_at=user.date_joined))
    Profile.objects.bulk_create(made, batch_size=2_000)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_first"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [migrations.RunPython(make_profiles, migrations.RunPython.noop)]
