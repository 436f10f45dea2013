"""Who answers, by the guideline in force."""

from datetime import datetime

from uppsikt.governance import rules
from uppsikt.inbox.life import ItemLife
from uppsikt.policy.roles import Role


def answerers(at: datetime) -> frozenset[Role]:
    """Return the roles that answer, by the guideline in force."""
    roles = rules.in_force(at).rule(str(ItemLife.answer)).roles
    return frozenset(roles) - {Role.CLOCK}
