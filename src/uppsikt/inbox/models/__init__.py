"""What comes in: items and their versions, the signals, the clocks, the round."""

from uppsikt.inbox.models.item import DONE, OPEN, Item, Items
from uppsikt.inbox.models.tick import Result, Tick, Ticks
from uppsikt.inbox.models.version import ItemSignal, ItemVersion

__all__ = [
    "DONE",
    "OPEN",
    "Item",
    "ItemSignal",
    "ItemVersion",
    "Items",
    "Result",
    "Tick",
    "Ticks",
]
