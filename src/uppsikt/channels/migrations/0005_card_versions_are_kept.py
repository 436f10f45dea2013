"""Versions of the card are append-only: the database itself refuses a change.

On SQLite a later migration that rebuilds the table drops its triggers and has to create
them anew: `tests/channels/test_changing` tells.
"""

from django.db import migrations

TABLE = "channels_cardversion"
ACTS = ("UPDATE", "DELETE")


def sqlite():
    for act in ACTS:
        yield (
            f"CREATE TRIGGER append_only_{TABLE}_{act.lower()} BEFORE {act} ON "
            f"{TABLE} FOR EACH ROW BEGIN "
            f"SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


def postgresql():
    yield (
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION governance_append_only()"
    )


WAYS = {"sqlite": sqlite, "postgresql": postgresql}


def guard(apps, schema_editor):
    for statement in WAYS[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER append_only ON {TABLE}")
        return
    for act in ACTS:
        schema_editor.execute(f"DROP TRIGGER append_only_{TABLE}_{act.lower()}")


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_card_versions"),
        ("governance", "0002_append_only"),
    ]
    operations = [migrations.RunPython(guard, unguard)]
