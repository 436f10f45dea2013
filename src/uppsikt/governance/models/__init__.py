"""Who may act where, what is known of each place, and what moves by the rules."""

from uppsikt.governance.models.acts import Moving, Observation, Step
from uppsikt.governance.models.people import ROLE_LABELS, Invitation, User, UserManager
from uppsikt.governance.models.places import Assignment, Assignments, Node, below
from uppsikt.governance.models.rules import Adoption, Exemption

__all__ = [
    "ROLE_LABELS",
    "Adoption",
    "Assignment",
    "Assignments",
    "Exemption",
    "Invitation",
    "Moving",
    "Node",
    "Observation",
    "Step",
    "User",
    "UserManager",
    "below",
]
