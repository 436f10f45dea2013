"""Migrations are complete, and stand on one straight line in each app."""

from collections.abc import Iterable

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

Key = tuple[str, str]


def ours() -> set[str]:
    """Return the labels of our own apps."""
    return {
        app.label for app in apps.get_app_configs() if app.name.startswith("uppsikt.")
    }


def forks(edges: Iterable[tuple[Key, Key]]) -> set[Key]:
    """Return each migration that more than one of its own app builds on.

    An edge is (a migration, the one it depends on).
    """
    followed: set[Key] = set()
    forked: set[Key] = set()
    for after, before in edges:
        if after[0] == before[0]:
            (forked if before in followed else followed).add(before)
    return forked


def test_no_model_has_changed_without_its_migration() -> None:
    # Labels are compared as they are written, not as they are shown.
    with translation.override(None):
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(
            loader.project_state(), ProjectState.from_apps(apps)
        )
        changes = detector.changes(graph=loader.graph)
    assert {app: changes[app] for app in ours() & set(changes)} == {}


def test_migrations_stand_on_one_straight_line() -> None:
    loader = MigrationLoader(None)
    edges = [
        (key, parent)
        for key, migration in loader.disk_migrations.items()
        if key[0] in ours()
        for parent in migration.dependencies
    ]
    starts = [k for k in loader.graph.root_nodes() if k[0] in ours()]
    assert forks(edges) == set()
    assert sorted({k[0] for k in starts}) == sorted(k[0] for k in starts)


def test_a_fork_is_seen() -> None:
    first, left, right = ("inbox", "0001"), ("inbox", "0002_a"), ("inbox", "0002_b")
    assert forks([(left, first), (right, first)]) == {first}
    assert forks([(left, first), (("sending", "0001"), first)]) == set()
