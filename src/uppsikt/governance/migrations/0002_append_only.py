"""Steps and observations are append-only: the database itself refuses a change.

On SQLite a later migration that rebuilds one of these tables drops its triggers and
has to create them anew: `tests/governance/test_moves` tells.
"""

from django.db import migrations

TABLES = ("governance_step", "governance_observation")


def sqlite():
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER append_only_{table}_{act.lower()} BEFORE {act} ON "
                f"{table} FOR EACH ROW BEGIN "
                f"SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def postgresql():
    yield (
        "CREATE FUNCTION governance_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in TABLES:
        yield (
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION governance_append_only()"
        )


WAYS = {"sqlite": sqlite, "postgresql": postgresql}


def guard(apps, schema_editor):
    for statement in WAYS[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER append_only ON {table}")
            continue
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER append_only_{table}_{act}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION governance_append_only()")


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
