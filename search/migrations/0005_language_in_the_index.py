"""The language of a text stands in the same index as its words, and its vector in the same row.

Without the first, PostgreSQL read the index of weights beside it, all of a language; a word that is common in one language
and unknown in another made it walk through every text of the other one. Without the second, each vector that is ranked is
fetched from elsewhere. Rows that are there get theirs when they are next written; `manage.py rebuild_search` writes all.
"""

from django.db import migrations

from search.migration_operations import VendorSQL


class Migration(migrations.Migration):
    dependencies = [("search", "0004_promotion_permissions")]

    operations = [
        VendorSQL(
            "postgresql",
            forwards=[
                "CREATE EXTENSION IF NOT EXISTS btree_gin",
                "CREATE INDEX search_document_language_vector ON search_searchdocument USING gin (language, vector)"
                " WITH (fastupdate = off)",
                "DROP INDEX search_document_vector",
                "ALTER TABLE search_searchdocument ALTER COLUMN vector SET STORAGE MAIN",
            ],
            backwards=[
                "ALTER TABLE search_searchdocument ALTER COLUMN vector SET STORAGE EXTENDED",
                "CREATE INDEX search_document_vector ON search_searchdocument USING gin (vector)"
                " WITH (fastupdate = off)",
                "DROP INDEX search_document_language_vector",
            ],
        ),
    ]
