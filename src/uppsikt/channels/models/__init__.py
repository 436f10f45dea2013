"""The register of channels: the card, the people, the connection to the platform."""

from uppsikt.channels.models.channel import (
    STANDING,
    AccessHolder,
    Channel,
    Channels,
    Connection,
)

__all__ = ["STANDING", "AccessHolder", "Channel", "Channels", "Connection"]
