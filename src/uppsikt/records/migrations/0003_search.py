"""The full-text index over `records_searchdocument.stems`, one for each database.

Stems come from our own stemmer, so neither database stems or folds again: å, ä and ö
stay letters of their own. On SQLite a later migration that rebuilds the table has to
create the triggers anew.
"""

from django.db import migrations

ADD = "INSERT INTO records_search (rowid, stems) VALUES (NEW.id, NEW.stems)"
REMOVE = (
    "INSERT INTO records_search (records_search, rowid, stems) "
    "VALUES ('delete', OLD.id, OLD.stems)"
)
STATEMENTS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE records_search USING fts5(stems, "
        "content='records_searchdocument', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
        "CREATE TRIGGER search_insert AFTER INSERT ON records_searchdocument "
        f"BEGIN {ADD}; END",
        "CREATE TRIGGER search_delete AFTER DELETE ON records_searchdocument "
        f"BEGIN {REMOVE}; END",
        "CREATE TRIGGER search_update AFTER UPDATE ON records_searchdocument "
        f"WHEN OLD.id <> NEW.id OR OLD.stems <> NEW.stems BEGIN {REMOVE}; {ADD}; END",
    ],
    "postgresql": [
        "CREATE INDEX records_search ON records_searchdocument "
        "USING gin (array_to_tsvector(string_to_array(stems, ' ')))",
    ],
}


def create(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_written_once")]
    operations = [migrations.RunPython(create, elidable=False)]
