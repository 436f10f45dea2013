"""Making an installation ready: tables, a guideline in force, a first administrator."""

from datetime import datetime
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from uppsikt.governance import adopting, invitations, organisation, people, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.invitations import Newcomer
from uppsikt.governance.models import Adoption, Assignment, Node, User
from uppsikt.governance.people import Post
from uppsikt.policy.roles import Role
from uppsikt.records import files
from uppsikt.web.commands import backup, house

GUIDELINE: Final = "tyreso"
# Whoever starts the program on the machine appoints the first administrator.
OPERATOR: Final = Actor("operator", None, ((Role.SYSTEM_ADMINISTRATOR, ""),))


def migrate(at: datetime) -> Path | None:
    """Bring the tables up to date; return the backup that was taken before, if any."""
    with files.room():
        behind = unapplied()
        kept = _kept_before(at) if behind and "governance_user" in _tables() else None
        if behind:
            call_command("migrate", verbosity=0, interactive=False)
    return kept


def unapplied() -> list[str]:
    """Return the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{m.app_label}.{m.name}" for m, _ in plan]


def found(municipality: str, at: datetime) -> Node:
    """Return the municipality's node, made now, with a guideline in force, if new."""
    if not Adoption.objects.exists():
        decided_by = rules.packaged(GUIDELINE).decided_by
        adopting.adopt_packaged(GUIDELINE, decided_by=decided_by, actor=OPERATOR, at=at)
    top = Node.objects.filter(parent=None).first()
    return top or organisation.found(municipality, actor=OPERATOR, at=at)


def is_empty() -> bool:
    """Tell whether nobody can sign in yet."""
    active = User.objects.filter(is_active=True).exclude(password="")
    return not any(user.has_usable_password() for user in active.iterator())


def invite_first(email: str, top: Node, door: str, at: datetime) -> str:
    """Invite the first administrator and return the link; one given before is void."""
    name, _, _ = email.partition("@")
    for held in Assignment.objects.holding(at).filter(user__email__iexact=email):
        people.end_assignment(held, actor=OPERATOR, at=at)
    welcome = invitations.invite(
        Newcomer(email, name, "", "systemadministratör", ""),
        Post(Role.SYSTEM_ADMINISTRATOR, top),
        door=door,
        actor=OPERATOR,
        at=at,
    )
    return door + welcome.token


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _kept_before(at: datetime) -> Path:
    folder = house.folder() / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"fore-uppgradering-{at:%Y%m%dT%H%M%SZ}.zip"
    backup.take(path, at)
    return path
