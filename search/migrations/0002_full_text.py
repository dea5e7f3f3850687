"""What finds text: a tsvector with GIN and trigrams on PostgreSQL, FTS5 tables on SQLite."""

from django.db import migrations

from search.migration_operations import VendorSQL

# A trigger and not a generated column: the configuration is a column too, and to_tsvector(text, …) is not immutable.
VECTOR = """
CREATE FUNCTION search_document_vector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.vector :=
        setweight(to_tsvector(NEW.configuration::regconfig, NEW.title), 'A')
        || setweight(to_tsvector(NEW.configuration::regconfig, NEW.summary || ' ' || NEW.keywords), 'B')
        || setweight(to_tsvector(NEW.configuration::regconfig, NEW.body), 'C');
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER search_document_vector
BEFORE INSERT OR UPDATE OF configuration, title, summary, keywords, body ON search_searchdocument
FOR EACH ROW EXECUTE FUNCTION search_document_vector()
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        VendorSQL(
            "postgresql",
            forwards=[
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                "ALTER TABLE search_searchdocument ADD COLUMN vector tsvector NOT NULL DEFAULT ''",
                VECTOR,
                TRIGGER,
                # Without fastupdate: its list of what is pending makes the planner avoid an index that was written to.
                "CREATE INDEX search_document_vector ON search_searchdocument USING gin (vector)"
                " WITH (fastupdate = off)",
                "CREATE INDEX search_document_title ON search_searchdocument USING gin (folded_title gin_trgm_ops)"
                " WITH (fastupdate = off)",
                "CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops) WITH (fastupdate = off)",
            ],
            # The extension stays: others may use it. The indexes of the column go with it.
            backwards=[
                "DROP INDEX search_word_trigrams",
                "DROP INDEX search_document_title",
                "DROP TRIGGER search_document_vector ON search_searchdocument",
                "DROP FUNCTION search_document_vector()",
                "ALTER TABLE search_searchdocument DROP COLUMN vector",
            ],
        ),
        VendorSQL(
            "sqlite",
            forwards=[
                "CREATE VIRTUAL TABLE search_text USING fts5("
                "title, summary, keywords, body, tokenize='porter unicode61 remove_diacritics 2')",
                "CREATE VIRTUAL TABLE search_title USING fts5(title, tokenize='trigram')",
                "CREATE VIRTUAL TABLE search_spelling USING fts5(word, tokenize='trigram')",
            ],
            backwards=["DROP TABLE search_spelling", "DROP TABLE search_title", "DROP TABLE search_text"],
        ),
    ]
