"""The database itself refuses to change what the log has numbered (D-38).

An entry gets its number once; an opening can only be emptied, with a decision; nodes
and checkpoints never change. On SQLite a later migration that rebuilds one of these
tables drops its triggers and has to create them anew: `tests/records/test_written_once`
tells.
"""

from django.db import migrations

ENTRY_NUMBERED = (
    "OLD.number IS NULL AND NEW.number IS NOT NULL AND NEW.id = OLD.id "
    "AND NEW.leaf = OLD.leaf AND NEW.act = OLD.act "
    "AND NEW.subject = OLD.subject AND NEW.at = OLD.at"
)
OPENING_EMPTIED = (
    "OLD.fields IS NOT NULL AND NEW.fields IS NULL AND NEW.disposed_under <> '' "
    "AND NEW.entry_id = OLD.entry_id"
)
# Table, the only update there may be, and what makes a new row the same as an old one.
TABLES = [
    ("entry", ENTRY_NUMBERED, "id = NEW.id OR number = NEW.number"),
    ("opening", OPENING_EMPTIED, "entry_id = NEW.entry_id"),
    (
        "treenode",
        None,
        'id = NEW.id OR (level = NEW.level AND "index" = NEW."index")',
    ),
    ("checkpoint", None, "id = NEW.id OR size = NEW.size"),
]


def sqlite():
    for table, allowed, same in TABLES:
        refuse = f"SELECT RAISE(ABORT, 'records_{table} is written once')"
        when = f"WHEN NOT ({allowed})" if allowed else ""
        yield (
            f"CREATE TRIGGER written_once_{table}_update BEFORE UPDATE ON "
            f"records_{table} FOR EACH ROW {when} BEGIN {refuse}; END"
        )
        yield (
            f"CREATE TRIGGER written_once_{table}_delete BEFORE DELETE ON "
            f"records_{table} FOR EACH ROW BEGIN {refuse}; END"
        )
        # INSERT OR REPLACE deletes the old row without asking the trigger above.
        yield (
            f"CREATE TRIGGER written_once_{table}_replace BEFORE INSERT ON "
            f"records_{table} FOR EACH ROW WHEN EXISTS "
            f"(SELECT 1 FROM records_{table} WHERE {same}) BEGIN {refuse}; END"
        )


def postgresql():
    yield (
        "CREATE FUNCTION records_written_once() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is written once', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, allowed, _ in TABLES:
        when = f"WHEN (NOT ({allowed}))" if allowed else ""
        refuse = "EXECUTE FUNCTION records_written_once()"
        yield (
            f"CREATE TRIGGER written_once_{table}_update BEFORE UPDATE ON "
            f"records_{table} FOR EACH ROW {when} {refuse}"
        )
        yield (
            f"CREATE TRIGGER written_once_{table}_delete BEFORE DELETE ON "
            f"records_{table} FOR EACH ROW {refuse}"
        )
        yield (
            f"CREATE TRIGGER written_once_{table}_truncate BEFORE TRUNCATE ON "
            f"records_{table} FOR EACH STATEMENT {refuse}"
        )


def create(apps, schema_editor):
    statements = {"sqlite": sqlite, "postgresql": postgresql}
    for statement in statements[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(create, elidable=False)]
