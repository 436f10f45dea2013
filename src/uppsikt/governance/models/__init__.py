"""Who may act where, what is known of each place, and what moves by the rules."""

from uppsikt.governance.models.absence import Absence, Absences
from uppsikt.governance.models.acts import Moving, Observation, Step
from uppsikt.governance.models.crisis import CrisisSwitch, CrisisSwitches
from uppsikt.governance.models.document import AdoptedText, Receipt, SentenceMark
from uppsikt.governance.models.document_change import (
    GuidelineReview,
    LawCheck,
    Proposal,
)
from uppsikt.governance.models.document_local import LocalDecision, LocalDecisions
from uppsikt.governance.models.exemption import Exemption, Exemptions
from uppsikt.governance.models.people import ROLE_LABELS, Invitation, User, UserManager
from uppsikt.governance.models.places import (
    Assignment,
    Assignments,
    Node,
    below,
    reaching,
)
from uppsikt.governance.models.rules import Adoption

__all__ = [
    "ROLE_LABELS",
    "Absence",
    "Absences",
    "AdoptedText",
    "Adoption",
    "Assignment",
    "Assignments",
    "CrisisSwitch",
    "CrisisSwitches",
    "Exemption",
    "Exemptions",
    "GuidelineReview",
    "Invitation",
    "LawCheck",
    "LocalDecision",
    "LocalDecisions",
    "Moving",
    "Node",
    "Observation",
    "Proposal",
    "Receipt",
    "SentenceMark",
    "Step",
    "User",
    "UserManager",
    "below",
    "reaching",
]
