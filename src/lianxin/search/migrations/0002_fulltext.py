"""The full-text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

from django.db import migrations

CREATE = {
    "sqlite": ["CREATE VIRTUAL TABLE search_fulltext USING fts5(body, tokenize='unicode61')"],
    "postgresql": [
        "CREATE TABLE search_fulltext (rowid bigint PRIMARY KEY, body tsvector NOT NULL)",
        "CREATE INDEX search_fulltext_body ON search_fulltext USING gin (body)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_fulltext")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
