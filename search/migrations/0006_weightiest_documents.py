from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_language_in_the_index'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='searchdocument',
            index=models.Index(condition=models.Q(('is_public', True)), fields=['-weight', 'id'], name='search_document_weightiest'),
        ),
    ]
