"""Versions of the card are append-only again: SQLite rebuilt their table since."""

from importlib import import_module

from django.db import migrations

KEPT = import_module("uppsikt.channels.migrations.0005_card_versions_are_kept")


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for act in KEPT.ACTS:
        name = f"append_only_{KEPT.TABLE}_{act.lower()}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
    KEPT.guard(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("channels", "0009_profiles")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
