"""The register of channels: the card, the people, the connection to the platform."""

from uppsikt.channels.models.channel import (
    OPEN,
    STANDING,
    AccessHolder,
    Channel,
    Channels,
    Connection,
)
from uppsikt.channels.models.version import CARD_FIELDS, CardChange, CardVersion

__all__ = [
    "CARD_FIELDS",
    "OPEN",
    "STANDING",
    "AccessHolder",
    "CardChange",
    "CardVersion",
    "Channel",
    "Channels",
    "Connection",
]
