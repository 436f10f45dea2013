"""Where a person may act: the part of the municipality that their roles reach."""

from datetime import datetime

from django.db.models import Q

from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role

CHANNEL_PATH = "channel__node__path"


def of(actor: Actor, roles: frozenset[Role], field: str = CHANNEL_PATH) -> Q:
    """Return the condition for rows where the actor holds one of `roles`."""
    mine = Q(pk__in=[])
    for path in {p for r, p in actor.grants if r in roles}:
        mine |= Q(**{f"{field}__startswith": path})
    return mine


def of_move(actor: Actor, move: Move, *, at: datetime, field: str = CHANNEL_PATH) -> Q:
    """Return the condition for rows where the actor may make `move`."""
    return of(actor, frozenset(rules.in_force(at).rule(str(move)).roles), field)
