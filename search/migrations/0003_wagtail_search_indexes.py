"""The two indexes that Wagtail's own search asks for and does not make (Wagtail 8.0): 30 to 150 times faster.

Its query matches the concatenation of two vectors that are indexed one by one, so it reads the whole index table; and it
joins that table's text ids to page ids cast to text, so it reads the whole page table.
"""

from django.db import migrations

from search.migration_operations import VendorSQL


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_full_text"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        VendorSQL(
            "postgresql",
            forwards=[
                "CREATE INDEX wagtailsearch_title_and_body ON wagtailsearch_indexentry USING gin ((title || body))",
                "CREATE INDEX wagtailcore_page_id_as_text ON wagtailcore_page ((id::varchar(50)))",
            ],
            backwards=["DROP INDEX wagtailcore_page_id_as_text", "DROP INDEX wagtailsearch_title_and_body"],
        ),
    ]
