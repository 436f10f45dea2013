"""What comes in: items and their versions, the signals, the clocks, the round."""

from uppsikt.inbox.models.conversation import (
    Conversation,
    Conversations,
    PrivateMessage,
    PrivateMessages,
)
from uppsikt.inbox.models.item import DONE, OPEN, Item, Items
from uppsikt.inbox.models.tick import Result, Tick, Ticks
from uppsikt.inbox.models.version import ItemSignal, ItemVersion

__all__ = [
    "DONE",
    "OPEN",
    "Conversation",
    "Conversations",
    "Item",
    "ItemSignal",
    "ItemVersion",
    "Items",
    "PrivateMessage",
    "PrivateMessages",
    "Result",
    "Tick",
    "Ticks",
]
