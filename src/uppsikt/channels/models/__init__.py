"""The register of channels: the card, the people, the connection to the platform."""

from uppsikt.channels.models.assessment import JointControl, Opinion, Screening
from uppsikt.channels.models.channel import (
    OPEN,
    STANDING,
    AccessHolder,
    Channel,
    Channels,
    Connection,
)
from uppsikt.channels.models.closing import CONSULTED, Closing, Consultation
from uppsikt.channels.models.decision import Decision
from uppsikt.channels.models.feedback import Feedback
from uppsikt.channels.models.found import FALSE, FoundAccount
from uppsikt.channels.models.imported import Import, ImportedRow
from uppsikt.channels.models.orders import PresenceOrder
from uppsikt.channels.models.people import Authorisation, RecoveryPath
from uppsikt.channels.models.profile import (
    ProfileReading,
    ProfileReadings,
    ProfileTurn,
)
from uppsikt.channels.models.risk import Level, Measure, Risk, SignOff
from uppsikt.channels.models.start import Handover, StartNotice
from uppsikt.channels.models.version import CARD_FIELDS, CardChange, CardVersion

__all__ = [
    "CARD_FIELDS",
    "CONSULTED",
    "FALSE",
    "OPEN",
    "STANDING",
    "AccessHolder",
    "Authorisation",
    "CardChange",
    "CardVersion",
    "Channel",
    "Channels",
    "Closing",
    "Connection",
    "Consultation",
    "Decision",
    "Feedback",
    "FoundAccount",
    "Handover",
    "Import",
    "ImportedRow",
    "JointControl",
    "Level",
    "Measure",
    "Opinion",
    "PresenceOrder",
    "ProfileReading",
    "ProfileReadings",
    "ProfileTurn",
    "RecoveryPath",
    "Risk",
    "Screening",
    "SignOff",
    "StartNotice",
]
